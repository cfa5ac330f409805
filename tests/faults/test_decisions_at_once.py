"""Two moderators decide at the same moment, and an answer to an event arrives while its author is banned."""

from datetime import datetime

import pytest

from accounts.models import User
from core.errors import DomainError
from groups.models import Event, Membership, Rsvp
from groups.services import rsvps
from moderation.models import Decision, Report
from moderation.models.reports import ReportQuerySet
from moderation.services.decisions import decide
from moderation.services.moderators import make_moderator
from tests.faults.parallel import Act, all_at_once
from tests.groups.kit import DECLINED, GOING, assert_seats_are_right, make_event
from tests.kit.cast import make_group, make_person

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS = 20


def deciding(report: Report, name: str, act: str, now: datetime) -> Act:
    by = make_person(name)
    make_moderator(person=by)
    about = {"about_kind": report.about_kind, "about_id": report.about_id}
    return lambda: decide(by=by, act=act, words="Please rest.", now=now, **about)


def reported(name: str) -> Report:
    person = make_person(name)
    return Report.objects.create(person=person, about_kind="person", about_id=person.uuid, reason="unkind")


def decided_twice(number: int, now: datetime) -> tuple[int, list[object]]:
    report = reported(f"rude-{number}")
    answers = all_at_once([deciding(report, f"m{n}-{number}", "warn", now) for n in range(2)])
    return Decision.objects.filter(about_id=report.about_id).count(), answers


def test_one_of_two_moderators_decides(now: datetime) -> None:
    for number in range(ROUNDS):
        made, answers = decided_twice(number, now)
        assert made == 1
        assert [answer.code for answer in answers if isinstance(answer, DomainError)] == ["already_decided"]


def test_control_without_the_lock_both_do(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ReportQuerySet, "select_for_update", lambda self, **_: self)
    assert 2 in [decided_twice(number, now)[0] for number in range(ROUNDS)]


def answering(event: Event, person: User, now: datetime) -> Act:
    """Answer again and again, so that some answers arrive before the ban and some after it."""

    def answer_often() -> None:
        for answer in [GOING, DECLINED] * 15 + [GOING]:
            rsvps.rsvp(event=event, person=person, answer=answer, now=now)

    return answer_often


def banned_while_answering(number: int, now: datetime) -> Event:
    report = reported(f"rude-{number}")
    group = make_group(slug=f"group-{number}")
    Membership.objects.create(group=group, person=report.person)
    event = make_event(group, now)
    all_at_once([answering(event, report.person, now), deciding(report, f"m-{number}", "ban", now)])
    return event


def test_no_seat_outlives_a_ban(now: datetime) -> None:
    for number in range(ROUNDS):
        event = banned_while_answering(number, now)
        assert not Rsvp.objects.filter(event=event).going().exists()
        assert_seats_are_right(event)


def test_control_without_the_question_under_the_lock_one_does(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rsvps, "require_good_standing", lambda *_, **__: None)
    events = [banned_while_answering(number, now) for number in range(ROUNDS)]
    assert Rsvp.objects.filter(event__in=events).going().exists()
