"""Pages and cursors of what changed: bounded, each device its own, and no one else's."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import call_command

from accounts.models import SyncClock, SyncEntry
from accounts.services.sync import forget_what_is_gone
from groups.services.memberships import leave_group
from plans.services.logs import edit_log
from tests.kit.world import World
from tests.mindmove.sync.conftest import URL, came, end_log


def test_pages_are_bounded_and_hold_everything_once(full_world: World, device: Any) -> None:
    member = full_world.cast.member
    phone, paging = device(member), device(member)
    whole = phone.sync()
    told = paging.sync(page_size=7)
    assert paging.kept == phone.kept
    assert sorted(came(told)) == sorted((change["kind"], change["key"]) for change in whole)


def test_what_happens_between_pages_is_told(full_world: World, device: Any, now: datetime) -> None:
    member = full_world.cast.member
    phone = device(member)
    first = phone.ask(page_size=20).json()
    phone.cursor, phone.kept = first["cursor"], {(c["kind"], c["key"]): c["data"] for c in first["changes"]}
    edit_log(person=member, log=full_world.log, now=now, minutes=44)
    leave_group(group=full_world.private_group, person=member, now=now)
    phone.sync(page_size=20)
    fresh = device(member)
    fresh.sync()
    assert phone.kept == fresh.kept
    assert phone.kept["log", str(full_world.log.uuid)]["minutes"] == 44


def test_two_devices_have_cursors_of_their_own(full_world: World, device: Any, now: datetime) -> None:
    member = full_world.cast.member
    phone, tablet = device(member), device(member)
    phone.sync(), tablet.sync()
    edit_log(person=member, log=full_world.log, now=now, minutes=33)
    phone.sync()
    edit_log(person=member, log=full_world.log, now=now, minutes=34)
    assert came(phone.sync()) == came(tablet.sync()) == {("log", str(full_world.log.uuid))}
    assert phone.kept == tablet.kept


def refusal(phone: Any) -> tuple[int, str]:
    answer = phone.ask()
    return answer.status_code, answer.json()["code"]


def test_the_cursor_of_another_person_counts_for_nothing(full_world: World, device: Any) -> None:
    phone, other = device(full_world.cast.member), device(full_world.cast.stranger)
    phone.sync(), other.sync()
    other.cursor = phone.cursor
    assert refusal(other) == (410, "sync_restart")


def test_after_an_erased_shadow_a_device_begins_again(full_world: World, device: Any) -> None:
    member = full_world.cast.member
    phone = device(member)
    phone.sync()
    SyncClock.objects.visible_to(member).delete()
    SyncEntry.objects.visible_to(member).delete()
    assert refusal(phone) == (410, "sync_restart")
    kept, phone.cursor, phone.kept = phone.kept, "", {}
    phone.sync()
    assert phone.kept == kept


def test_what_is_gone_is_forgotten_after_ninety_days(full_world: World, device: Any, now: datetime) -> None:
    member = full_world.cast.member
    phone, late = device(member), device(member)
    phone.sync(), late.sync()
    end_log(full_world, now)
    phone.sync()
    assert forget_what_is_gone(now=now + timedelta(days=89)) == 0
    assert forget_what_is_gone(now=now + timedelta(days=91)) == 1
    assert phone.sync() == []
    assert refusal(late) == (410, "sync_restart")
    fresh = device(member)
    fresh.sync(page_size=5)  # beginning from nothing is not too old, on any page
    assert fresh.kept == phone.kept


@pytest.mark.parametrize("cursor", ["x", "MQ", "1.2.3", "é" * 9, "a" * 5000, "MS5jNDc4", "=", "\ud83d"])
def test_a_cursor_that_nobody_was_given_leads_nowhere(full_world: World, api_as: Any, cursor: str) -> None:
    asked = cursor.encode("utf-8", "replace").decode()
    assert api_as(full_world.cast.member).get(URL, {"cursor": asked}).status_code == 404


@pytest.mark.parametrize(("asked", "most"), [("3", 3), ("0", 200), ("-1", 200), ("many", 200), ("9999999999", 200)])
def test_a_page_has_a_size(full_world: World, api_as: Any, asked: str, most: int) -> None:
    answer = api_as(full_world.cast.member).get(URL, {"page_size": asked}).json()
    assert len(answer["changes"]) <= most
    assert answer["has_more"] == (most == 3)


def put_back(backup: list[list[Any]]) -> None:
    """Put the shadows as they were, as restoring a backup does."""
    for model, rows in zip((SyncEntry, SyncClock), backup, strict=True):
        model.objects.all().delete()
        model.objects.bulk_create(rows)


@pytest.mark.parametrize("restarts", [True, False], ids=["restarted", "control: restored alone"])
def test_after_a_restored_backup_nothing_is_missed(
    full_world: World, device: Any, now: datetime, *, restarts: bool
) -> None:
    """The phone has read more than the backup knows; then as much happens as had been forgotten."""
    member, log = full_world.cast.member, full_world.log
    phone = device(member)
    phone.sync()
    backup = [list(model.objects.visible_to(member)) for model in (SyncEntry, SyncClock)]
    edit_log(person=member, log=log, now=now, minutes=33)
    phone.sync()
    put_back(backup)
    edit_log(person=member, log=log, now=now, minutes=44)
    device(member).sync()  # another one reads first, and gives the forgotten position to another change
    if restarts:
        call_command("restart_sync")
        assert refusal(phone) == (410, "sync_restart")
        phone.cursor, phone.kept = "", {}
    phone.sync()
    assert phone.kept["log", str(log.uuid)]["minutes"] == (44 if restarts else 33)
