"""M3: what commits late is not skipped, and devices that ask at once end with the same."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

import pytest
from django.db import connection, transaction

from accounts.models import SyncEntry, User
from accounts.services.sync import note_differences
from accounts.shadow import Shadow
from mindmove.sync.changes import changes_since
from mindmove.sync.comparing import shadow_of
from mindmove.sync.cursors import read
from plans.models import SessionLog
from plans.services.logs import edit_log, log_session
from tests.faults.parallel import all_at_once
from tests.kit.cast import make_person
from tests.plans.kit import make_plan, sessions_of

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS, PATIENCE = 20, 20


class Phone:
    """A device of a person; `kept` is what it holds."""

    def __init__(self, person: User, now: datetime) -> None:
        self.person, self.now = person, now
        self.cursor = ""
        self.kept: dict[tuple[str, str], Any] = {}

    def sync(self) -> None:
        has_more = True
        while has_more:
            cursor = read(self.cursor) if self.cursor else None
            page = changes_since(cursor, self.person, page_size=50, now=self.now)
            for change in page.changes:
                self.kept[change.kind, change.key] = change.data
            self.cursor, has_more = page.cursor, page.has_more

    @property
    def logs(self) -> set[str]:
        return {key for (kind, key), data in self.kept.items() if kind == "log" and data}


@contextmanager
def left_open(person: User, session: Any, now: datetime) -> Iterator[tuple[Event, list[SessionLog]]]:
    """Note something in a transaction that stays open until it is told to end."""
    written, may_end, made = Event(), Event(), list[SessionLog]()

    def write() -> None:
        try:
            with transaction.atomic():
                made.append(log_session(person=person, now=now, session=session, minutes=11))
                written.set()
                assert may_end.wait(PATIENCE)
        finally:
            connection.close()

    thread = Thread(target=write)
    thread.start()
    try:
        assert written.wait(PATIENCE)
        yield may_end, made
    finally:
        may_end.set()
        thread.join(PATIENCE)


def test_what_commits_late_arrives(now: datetime) -> None:
    person, session = make_person("ada"), sessions_of(make_plan())[0]
    phone, seen_at, seen_id = Phone(person, now), now - timedelta(days=1), 0
    phone.sync()
    with left_open(person, session, now) as (may_end, late):
        early = log_session(person=person, now=now + timedelta(minutes=1), session=session, minutes=12)
        phone.sync()
        assert phone.logs == {str(early.uuid)}
        # The control: cursors by time and by id, as far as they have come now.
        rows = SessionLog.objects.filter(person=person)
        seen_at, seen_id = max(rows.values_list("created_at", "pk"))
        may_end.set()
    phone.sync()

    assert phone.logs == {str(early.uuid), str(late[0].uuid)}
    assert SessionLog.objects.filter(person=person).count() == 2
    assert not SessionLog.objects.filter(person=person, created_at__gt=seen_at).exists()
    assert not SessionLog.objects.filter(person=person, pk__gt=seen_id).exists()


def test_devices_that_ask_at_once_end_with_the_same(now: datetime) -> None:
    person, session = make_person("ada"), sessions_of(make_plan())[0]
    phones = [Phone(person, now), Phone(person, now)]
    log = log_session(person=person, now=now, session=session, minutes=1)
    for number in range(ROUNDS):
        at = now + timedelta(hours=number)
        writes = [
            lambda at=at: log_session(person=person, now=at, session=session, minutes=20),
            lambda at=at, number=number: edit_log(person=person, log=log, now=at, minutes=number + 2),
        ]
        answers = all_at_once([phone.sync for phone in phones] + writes)
        assert [answer for answer in answers if isinstance(answer, Exception)] == []
    for phone in phones:
        phone.sync()

    fresh = Phone(person, now)
    fresh.sync()
    assert phones[0].kept == phones[1].kept == fresh.kept
    assert len(fresh.logs) == ROUNDS + 1
    positions = list(SyncEntry.objects.visible_to(person).values_list("position", flat=True))
    assert len(positions) == len(set(positions))


def test_control_without_the_lock_a_device_is_not_told(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """One device takes a position while another holds the clock as it was: what it notes then has the same position."""
    monkeypatch.setattr("django.db.models.query.QuerySet.select_for_update", lambda self, **_: self)
    person, session = make_person("ada"), sessions_of(make_plan())[0]
    phone, late = Phone(person, now), list[SessionLog]()
    phone.sync()
    early = log_session(person=person, now=now, session=session, minutes=20)

    def look() -> Shadow:
        assert all_at_once([phone.sync]) == [None]
        late.append(log_session(person=person, now=now + timedelta(hours=1), session=session, minutes=20))
        return shadow_of(person, now.date())

    note_differences(person=person, look=look, now=now)
    phone.sync()

    assert phone.logs == {str(early.uuid)}
    assert SessionLog.objects.filter(person=person).count() == 2
