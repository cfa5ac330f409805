"""Deciding: the effect, the end of every report, and who is told what, in one transaction."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession

from accounts.models import AccountSession
from core.errors import DomainError, InvalidInput, NotPermitted
from groups.models import Membership, Post, Rsvp
from groups.services.rsvps import rsvp
from moderation import subjects
from moderation.models import ActionLog, Decision, Report
from notifications.models import Notification
from tests.groups.kit import GOING, assert_seats_are_right, make_event
from tests.kit.cast import Cast
from tests.moderation.conftest import Case

pytestmark = pytest.mark.django_db


def told(kind: str) -> list[str]:
    return sorted(n.person.email.split("@")[0] for n in Notification.objects.filter(kind=kind).select_related("person"))


@pytest.mark.parametrize("act", ["nothing", "hide", "warn", "suspend", "ban"])
def test_a_decision_closes_every_report_of_the_thing_and_tells_each_once(case: Case, cast: Cast, act: str) -> None:
    case.report()
    case.report(by=cast.owner)
    other = case.report(kind="person")
    decision = case.decide(act, days=7)
    assert {(r.status, r.decision_id) for r in Report.objects.exclude(pk=other.pk)} == {("closed", decision.pk)}
    assert Report.objects.get(pk=other.pk).status == "open"
    assert told("report_outcome") == ["member", "owner"]
    assert told("moderation_decision") == ([] if act == "nothing" else ["host"])
    line = ActionLog.objects.get(act=f"decided: {act}")
    assert (line.actor, line.about_id) == (case.moderator.uuid, case.post.uuid)


def test_hidden_words_are_seen_by_their_author_and_whoever_looks_after_the_group(case: Case, cast: Cast) -> None:
    case.report()
    case.decide("hide")
    seen = {name for name in ("owner", "host", "member") if Post.objects.visible_to(cast.people[name]).exists()}
    assert seen == {"owner", "host"}


@pytest.mark.parametrize(("act", "is_hidden"), [("warn", False), ("suspend", True), ("ban", True)])
def test_words_go_with_whom_they_cost_a_suspension(case: Case, act: str, is_hidden: bool) -> None:
    case.report()
    case.decide(act, days=3)
    case.post.refresh_from_db()
    assert (case.post.hidden_at is not None) is is_hidden


def test_a_suspension_ends_by_itself_and_the_longer_of_two_counts(case: Case) -> None:
    case.report()
    case.decide("suspend", days=7)
    case.report(kind="person")
    case.decide("suspend", kind="person", days=2)
    case.author.refresh_from_db()
    assert case.author.suspended_until == case.now + timedelta(days=7)
    assert case.author.is_suspended(case.now)
    assert not case.author.is_suspended(case.now + timedelta(days=7))


def test_a_ban_closes_the_account_and_signs_it_out(case: Case, as_person) -> None:
    client = as_person(case.author)
    client.get("/me/settings/")
    UserSession.objects.get_or_create(
        user=case.author, session_key=client.session.session_key, defaults={"ip": "127.0.0.1", "user_agent": "x"}
    )
    case.report()
    case.decide("ban")
    case.author.refresh_from_db()
    assert (case.author.is_active, case.author.banned_at) == (False, case.now)
    assert client.get("/me/settings/").status_code == 302
    assert not AccountSession.objects.filter(session_key=client.session.session_key).exists()
    assert not UserSession.objects.filter(user=case.author).exists()


@pytest.mark.parametrize(("act", "days", "keeps"), [("ban", None, 0), ("suspend", 7, 1), ("warn", None, 2)])
def test_seats_of_whoever_may_not_come_go_to_those_in_line(
    case: Case, cast: Cast, act: str, days: int | None, keeps: int
) -> None:
    soon = make_event(cast.group, case.now, capacity=1)
    later = make_event(cast.group, case.now + timedelta(days=20), capacity=1)
    for event in (soon, later):
        for person in (cast.host, cast.member):
            rsvp(event=event, person=person, answer=GOING, now=case.now)
    case.report()
    case.decide(act, days=days)
    assert Rsvp.objects.filter(person=cast.host).going().count() == keeps
    assert Rsvp.objects.filter(person=cast.member).going().count() == 2 - keeps
    for event in (soon, later):
        assert_seats_are_right(event)
    assert Membership.objects.current().filter(person=cast.host).exists()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"act": "hide", "words": " "}, "words_missing"),
        ({"act": "suspend"}, "days_missing"),
        ({"act": "suspend", "days": 366}, "days_missing"),
        ({"act": "banish"}, "unknown_act"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(case: Case, fields: dict[str, object], code: str) -> None:
    case.report()
    with pytest.raises(InvalidInput) as refused:
        case.decide(**fields)
    assert refused.value.code == code
    assert refused.value.field
    assert Report.objects.open().exists()


def test_a_person_is_not_hidden_and_nothing_stays_of_the_attempt(case: Case) -> None:
    case.report(kind="person")
    with pytest.raises(InvalidInput):
        case.decide("hide", kind="person")
    assert not Decision.objects.exists()
    assert Report.objects.open().exists()


def test_what_is_decided_is_not_decided_again(case: Case) -> None:
    case.report()
    case.decide("nothing")
    with pytest.raises(DomainError) as refused:
        case.decide("ban")
    assert refused.value.code == "already_decided"


def test_only_moderators_decide_and_not_about_themselves(case: Case, cast: Cast) -> None:
    case.report()
    for outsider in (cast.owner, cast.staff, cast.editor):
        with pytest.raises(NotPermitted):
            case.decide("nothing", by=outsider)
    case.post.author = case.moderator
    case.post.save()
    Report.objects.update(person=case.moderator)
    with pytest.raises(NotPermitted) as refused:
        case.decide("nothing")
    assert refused.value.code == "own_case"


def test_an_operator_is_not_shut_out(case: Case, cast: Cast) -> None:
    case.report()
    Report.objects.update(person=cast.superuser)
    with pytest.raises(NotPermitted):
        case.decide("ban")


def test_what_is_gone_can_still_be_settled(case: Case) -> None:
    case.report()
    case.post.delete()
    with pytest.raises(InvalidInput):
        case.decide("hide")
    assert case.decide("warn").act == "warn"


def test_every_kind_names_whom_it_concerns_what_it_says_and_where(case: Case, cast: Cast) -> None:
    event = make_event(cast.group, case.now)
    rows = {"post": case.post, "event": event, "group": cast.group, "person": cast.host}
    for kind, row in rows.items():
        subject = subjects.kind_or_404(kind)
        found = subject.look_up(row.uuid)
        assert subject.person_of(found) in {cast.host, cast.owner}
        assert subject.excerpt_of(found)
        assert subject.url_of(found).startswith("/groups/")
    assert subjects.all_kinds() == ["comment", "event", "group", "host-message", "person", "picture", "post"]
