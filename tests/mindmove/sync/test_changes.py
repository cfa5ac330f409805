"""What a phone is told: everything once, what is gone once, and nothing of what is not its person's to see."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.services.blocks import block
from core import clock
from groups.models import Event, Membership, PlanShare, Rsvp
from groups.services.closing import close_group
from groups.services.events import cancel_event
from groups.services.hiding import hide_group
from groups.services.memberships import join_group, leave_group
from groups.services.removing import ban_member
from groups.services.rsvps import rsvp
from notifications.models import Delivery, Notification
from plans.models import Enrollment, SessionLog
from plans.services.logs import edit_log, log_session
from tests.kit.world import NOTE, World, make_event
from tests.mindmove.sync.conftest import URL, came, end_log, gone

MESSAGE = "message"


def test_from_nothing_comes_everything_and_then_nothing(full_world: World, device: Any) -> None:
    phone = device(full_world.cast.member)
    phone.sync()
    assert {kind for kind, _key in phone.kept} >= {
        "me", "safety_text", "mechanism", "exercise_type", "need", "plan_template", "enrollment", "pause", "group",
        "event", "rsvp", "log", "mark", MESSAGE,
    }  # fmt: skip
    log = phone.kept["log", str(full_world.log.uuid)]
    assert (log["guess"], log["mood_before"], log["mood_after"], log["note"]) == (2, 3, 5, NOTE)
    assert phone.sync() == []


def test_instants_are_utc_and_texts_stand_in_both_languages(full_world: World, device: Any, now: datetime) -> None:
    phone = device(full_world.cast.member)
    phone.sync()
    event = phone.kept["event", str(full_world.event.uuid)]
    assert event["starts_at"] == (now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M:%SZ")
    need = phone.kept["need", full_world.need.slug]
    assert need["name_en"]
    assert need["name_zh_hans"]
    assert need["name_en"] != need["name_zh_hans"]


def test_who_reads_how_changes_nothing(full_world: World, device: Any) -> None:
    phone = device(full_world.cast.member)
    phone.sync()
    answer = phone.client.get(URL, {"cursor": phone.cursor}, headers={"Accept-Language": "zh-hans"})
    assert answer.json()["changes"] == []
    assert answer["Cache-Control"] == "private, no-store"


def test_what_is_written_and_changed_comes_once(full_world: World, device: Any, now: datetime) -> None:
    member, phone = full_world.cast.member, device(full_world.cast.member)
    phone.sync()
    made = log_session(person=member, now=now, session=full_world.log.session, minutes=25)
    edit_log(person=member, log=full_world.log, now=now, mood_after=7)

    told = phone.sync()

    assert came(told) == {("log", str(made.uuid)), ("log", str(full_world.log.uuid))}
    assert phone.kept["log", str(full_world.log.uuid)]["mood_after"] == 7
    assert phone.sync() == []


def leave(world: World, now: datetime) -> tuple[str, str]:
    leave_group(group=world.private_group, person=world.cast.member, now=now)
    return "event", str(world.private_event.uuid)


def ban(world: World, now: datetime) -> tuple[str, str]:
    ban_member(group=world.cast.group, person=world.cast.member, by=world.cast.owner, now=now)
    return "group", str(world.cast.group.uuid)


def remove_event(world: World, now: datetime) -> tuple[str, str]:
    Event.objects.filter(pk=world.event.pk).delete()
    return "rsvp", str(world.event.uuid)


def block_who_shares(world: World, now: datetime) -> tuple[str, str]:
    block(person=world.cast.owner, other=world.cast.member)
    return "plan_template", "reedmace-of-another"


def stop_publishing(world: World, now: datetime) -> tuple[str, str]:
    type(world.mechanism).objects.filter(pk=world.mechanism.pk).update(status="draft")
    return "mechanism", world.mechanism.slug


def end_message(world: World, now: datetime) -> tuple[str, str]:
    row = Notification.objects.filter(person=world.cast.member, deliveries__channel=Delivery.Channel.INBOX)[0]
    row.delete()
    return MESSAGE, str(row.uuid)


def share_by_another(world: World) -> None:
    """Let the member follow a plan that the owner shares with the group."""
    plan = world.shared_plan
    plan.pk, plan.slug, plan.owner = None, "reedmace-of-another", world.cast.owner
    plan.save(force_insert=True)
    PlanShare.objects.create(group=world.cast.group, template=plan, shared_by=world.cast.owner)
    Enrollment.objects.create(
        person=world.cast.member, template=plan, starts_on="2026-03-02", when_text="I wake", then_text="I walk"
    )


CAUSES: list[Callable[[World, datetime], tuple[str, str]]] = [
    end_log, leave, ban, remove_event, block_who_shares, stop_publishing, end_message,
]  # fmt: skip


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.__name__)
def test_what_is_gone_is_told_once(full_world: World, device: Any, now: datetime, cause: Any) -> None:
    share_by_another(full_world)
    phone, other = device(full_world.cast.member), device(full_world.cast.member)
    phone.sync(), other.sync()
    name = cause(full_world, now)

    told = phone.sync()

    assert name in gone(told)
    assert name not in phone.kept
    assert phone.sync() == []
    assert name in gone(other.sync())
    assert other.kept == phone.kept
    fresh = device(full_world.cast.member)
    assert gone(fresh.sync()) == set()
    assert fresh.kept == phone.kept


def test_a_group_that_is_left_takes_its_events_and_answers_along(full_world: World, device: Any, now: Any) -> None:
    member, group, event = full_world.cast.member, full_world.private_group, full_world.private_event
    rsvp(event=event, person=member, answer="maybe", now=now)
    phone = device(member)
    phone.sync()
    leave_group(group=group, person=member, now=now)
    address = str(event.uuid)
    assert gone(phone.sync()) >= {("group", str(group.uuid)), ("event", address), ("rsvp", address)}


def test_coming_back_brings_it_back(full_world: World, device: Any, now: datetime) -> None:
    member, group = full_world.cast.member, full_world.cast.group
    phone = device(member)
    phone.sync()
    event = make_event(group, now, title="By the ferry")
    phone.sync()
    leave_group(group=group, person=member, now=now)
    assert ("event", str(event.uuid)) in gone(phone.sync())

    join_group(group=group, person=member, now=now)

    assert came(phone.sync()) >= {("group", str(group.uuid)), ("event", str(event.uuid))}
    assert phone.kept["event", str(event.uuid)]["title"] == "By the ferry"


def test_called_off_and_closed_are_told_as_they_are(full_world: World, device: Any, now: datetime) -> None:
    world = full_world
    phone = device(world.cast.member)
    phone.sync()
    cancel_event(event=world.private_event, now=now)
    close_group(group=world.cast.group, by=world.cast.owner, now=now)
    phone.sync()
    assert phone.kept["event", str(world.private_event.uuid)]["status"] == "cancelled"
    assert phone.kept["group", str(world.cast.group.uuid)]["is_open"] is False


def test_a_hidden_group_is_gone_for_who_only_answered(full_world: World, device: Any, now: datetime) -> None:
    stranger = full_world.cast.stranger
    Rsvp.objects.create(event=full_world.event, person=stranger, status="maybe")  # from when they were in it
    phone = device(stranger)
    phone.sync()
    name = ("event", str(full_world.event.uuid))
    assert name in phone.kept
    hide_group(group=full_world.cast.group, now=now)
    assert name in gone(phone.sync())


def test_what_is_long_over_goes(full_world: World, device: Any, now: datetime) -> None:
    phone = device(full_world.cast.member)
    phone.sync()
    assert str(full_world.event.uuid) in phone.names("event")
    with clock.frozen_at(now + timedelta(days=32)):  # it ended thirty days ago
        phone.sync()
    assert str(full_world.event.uuid) in phone.names("event")
    with clock.frozen_at(now + timedelta(days=33)):
        phone.sync()
    assert str(full_world.event.uuid) not in phone.names("event")
    assert phone.names("log")


def test_nobody_is_told_without_signing_in(api_as: Any, db: None) -> None:
    assert api_as(None).get(URL).status_code == 401


@pytest.mark.parametrize("who", ["stranger", "banned", "applicant"])
def test_outsiders_are_told_nothing_of_a_private_group(full_world: World, api_as: Any, who: str) -> None:
    world = full_world
    text = api_as(world.cast.people[who]).get(URL, {"page_size": 500}).content.decode()
    for secret in ("Quiet Hikers", "Hidden ridge", str(world.private_group.uuid), str(world.log.uuid), NOTE):
        assert secret not in text


def test_members_are_told_nobody_elses_name_or_words(full_world: World, api_as: Any) -> None:
    world = full_world
    text = api_as(world.cast.owner).get(URL, {"page_size": 500}).content.decode()
    for secret in (NOTE, str(world.log.uuid), str(world.enrollment.uuid), "Member", "member@people.example"):
        assert secret not in text


def queries(phone: Any) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert phone.ask(page_size=500).status_code == 200
    return len(asked)


def test_more_rows_ask_no_more_of_the_database(full_world: World, device: Any, now: datetime) -> None:
    member = full_world.cast.member
    phone = device(member)
    phone.sync()
    counts = []
    for number in (1, 3):
        for _ in range(number):
            log_session(person=member, now=now, session=full_world.log.session, minutes=25, mood_after=5)
            make_event(full_world.cast.group, now)
        counts.append(queries(phone))
        phone.sync()
    assert counts[0] == counts[1]


def test_nothing_new_is_three_queries(full_world: World, device: Any, as_person: Any) -> None:
    phone = device(full_world.cast.member)
    phone.sync()
    browser = as_person(full_world.cast.member)
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(URL, {"cursor": phone.cursor}).json()["changes"] == []
    assert len(asked) <= 3  # the session, the person, and everything


def test_what_changes_on_the_way_out_is_told_again(full_world: World, device: Any, monkeypatch: Any) -> None:
    """Between comparing and reading a log changes, and changes back before the next request."""
    from mindmove.sync import changes  # noqa: PLC0415

    member, log = full_world.cast.member, full_world.log
    phone, reading = device(member), changes.contents_of
    mine = SessionLog.objects.filter(pk=log.pk)

    def changed_first(*args: Any, **kwargs: Any) -> Any:
        mine.update(minutes=99)
        return reading(*args, **kwargs)

    monkeypatch.setattr(changes, "contents_of", changed_first)
    phone.sync()
    assert phone.kept["log", str(log.uuid)]["minutes"] == 99
    monkeypatch.undo()
    mine.update(minutes=log.minutes)
    phone.sync()
    assert phone.kept["log", str(log.uuid)]["minutes"] == log.minutes


def test_leaving_keeps_no_row_and_yet_is_told(full_world: World, device: Any, now: datetime) -> None:
    """A log of changes would have had to be written for each of the rows that somebody no longer sees."""
    member, phone = full_world.cast.member, device(full_world.cast.member)
    phone.sync()
    Membership.objects.filter(person=member, group=full_world.private_group).delete()  # past every service
    assert ("group", str(full_world.private_group.uuid)) in gone(phone.sync())
