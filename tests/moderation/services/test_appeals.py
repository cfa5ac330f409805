"""Saying that a decision is wrong: once, in time, answered by another moderator."""

from datetime import timedelta

import pytest

from core.errors import DomainError, InvalidInput, NotPermitted
from moderation.models import ActionLog
from notifications.models import Notification
from tests.moderation.conftest import Case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("act", ["hide", "warn", "suspend", "ban"])
def test_granted_everything_is_as_before(case: Case, act: str) -> None:
    case.report()
    decision = case.decide(act, days=7)
    case.answer(case.appeal(decision))
    case.author.refresh_from_db()
    case.post.refresh_from_db()
    decision.refresh_from_db()
    assert (case.author.is_active, case.author.banned_at, case.author.suspended_until) == (True, None, None)
    assert case.post.hidden_at is None
    assert decision.undone_at == case.now
    assert Notification.objects.filter(kind="appeal_answer", person=case.author).count() == 1
    assert [line.act for line in ActionLog.objects.order_by("pk")][-2:] == ["appealed", "appeal: granted"]


def test_upheld_everything_stays(case: Case) -> None:
    case.report()
    decision = case.decide("ban")
    case.answer(case.appeal(decision), "upheld")
    case.author.refresh_from_db()
    decision.refresh_from_db()
    assert not case.author.is_active
    assert decision.undone_at is None


def test_what_another_decision_asks_for_stays(case: Case) -> None:
    case.report()
    first = case.decide("suspend", days=7)
    case.report(by=case.other)
    case.decide("suspend", days=2)
    case.answer(case.appeal(first))
    case.author.refresh_from_db()
    case.post.refresh_from_db()
    assert case.author.suspended_until == case.now + timedelta(days=2)
    assert case.post.hidden_at is not None


def test_an_account_that_its_person_closed_stays_closed(case: Case) -> None:
    case.report()
    decision = case.decide("warn")
    case.author.is_active = False
    case.author.save()
    case.answer(case.appeal(decision))
    case.author.refresh_from_db()
    assert not case.author.is_active


def test_once_in_time_and_in_words(case: Case) -> None:
    case.report()
    decision = case.decide("warn")
    with pytest.raises(InvalidInput):
        case.appeal(decision, words="  ")
    with pytest.raises(DomainError) as late:
        case.appeal(decision, now=case.now + timedelta(days=60))
    case.appeal(decision)
    with pytest.raises(DomainError) as again:
        case.appeal(decision)
    assert (late.value.code, again.value.code) == ("too_late", "appealed_already")


def test_whoever_decided_does_not_answer_and_nobody_does_twice(case: Case) -> None:
    case.report()
    made = case.appeal(case.decide("warn"))
    for by in (case.moderator, case.reporter):
        with pytest.raises(NotPermitted):
            case.answer(made, by=by)
    case.answer(made, "upheld")
    with pytest.raises(DomainError) as again:
        case.answer(made)
    assert again.value.code == "answered_already"
