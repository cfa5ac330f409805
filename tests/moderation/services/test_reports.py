"""Reporting: whoever sees a thing may, once while it waits, and nobody learns who did."""

import pytest
from django.http import Http404

from core.errors import DomainError, InvalidInput
from moderation.models import ActionLog, Report
from moderation.services import reports
from moderation.subjects import kind_or_404
from tests.kit.cast import Cast
from tests.moderation.conftest import Case

pytestmark = pytest.mark.django_db


def test_a_report_keeps_what_it_said_then_and_whom_it_concerns(case: Case) -> None:
    made = case.report()
    case.post.text = "Something else."
    case.post.save()
    made.refresh_from_db()
    assert "Slowpokes" in made.excerpt
    assert made.person == case.author


def test_while_it_waits_asking_twice_is_once(case: Case, cast: Cast) -> None:
    assert case.report() == case.report(words="Again")
    case.report(by=cast.owner)
    assert Report.objects.count() == 2
    assert ActionLog.objects.filter(act="reported").count() == 2


def test_the_log_does_not_say_who_reported(case: Case) -> None:
    case.report()
    line = ActionLog.objects.get()
    assert (line.actor, line.about_kind, line.about_id) == (None, "post", case.post.uuid)


def test_ones_own_is_not_reported(case: Case) -> None:
    with pytest.raises(InvalidInput) as refused:
        case.report(by=case.author)
    assert refused.value.code == "your_own"


def test_many_at_once_are_too_many(case: Case, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "MOST_OPEN", 1)
    case.report()
    with pytest.raises(DomainError) as refused:
        case.report(kind="person")
    assert refused.value.code == "too_many_reports"


def test_somebody_whose_account_rests_may_report(case: Case, cast: Cast) -> None:
    cast.member.suspended_until = case.now.replace(year=2030)
    cast.member.save()
    assert case.report().pk


@pytest.mark.parametrize("kind", ["post", "person"])
def test_what_one_does_not_see_cannot_be_named(case: Case, cast: Cast, kind: str) -> None:
    about = case.post.uuid if kind == "post" else case.author.uuid
    assert kind_or_404(kind).find(cast.member, about)
    with pytest.raises(Http404):
        kind_or_404(kind).find(cast.stranger, about)
