"""The three who write: two phones with the example app's store and outbox, and the web with the site's services."""

from datetime import date, datetime, timedelta
from typing import Any, Protocol
from uuid import UUID, uuid4

from phone import edits
from phone.app import Phone

from accounts.models import User
from core import clock
from groups.models import Event, Rsvp
from groups.services.rsvps import rsvp
from library.models import ExerciseType, Mark, Mechanism
from library.services.marks import put_mark, take_mark
from plans.models import DayChange, Enrollment, SessionLog
from plans.services.days import move_day, rest_on, undo_change
from plans.services.logs import delete_log, edit_log, log_session

type Row = dict[str, Any]

WEEK = timedelta(days=7)
KEPT = timedelta(days=30)  # phones are told of answers for so long after the event
FIELDS = ("minutes", "intensity", "mood_after", "setting", "note")
KIND = "walking"


class Side(Protocol):
    name: str

    def logs(self) -> dict[str, Row]: ...
    def make(self, now: datetime, fields: Row) -> str: ...
    def change(self, now: datetime, key: str, fields: Row) -> None: ...
    def delete(self, now: datetime, key: str) -> None: ...
    def answer(self, now: datetime, event: str, answer: str) -> None: ...
    def move(self, now: datetime, plan: str, day: date, to: date | None) -> None: ...
    def undo(self, plan: str, day: date) -> None: ...
    def mark(self, now: datetime, sense: str, slug: str, *, is_on: bool) -> None: ...
    def state(self) -> Row: ...


class OnPhone:
    """What somebody does on a phone: into its outbox, whether there is a connection or not."""

    def __init__(self, name: str, phone: Phone) -> None:
        self.name, self.phone, self.store = name, phone, phone.store

    def logs(self) -> dict[str, Row]:
        return self.store.shown("log")

    def make(self, now: datetime, fields: Row) -> str:
        return edits.note_log(self.store, now, exercise_type=KIND, **fields)

    def change(self, now: datetime, key: str, fields: Row) -> None:
        edits.change_log(self.store, key, **fields)

    def delete(self, now: datetime, key: str) -> None:
        edits.delete_log(self.store, key)

    def answer(self, now: datetime, event: str, answer: str) -> None:
        edits.answer_event(self.store, event, answer)

    def move(self, now: datetime, plan: str, day: date, to: date | None) -> None:
        edits.move_day(self.store, plan, day, to)

    def undo(self, plan: str, day: date) -> None:
        edits.undo_move(self.store, plan, day)

    def mark(self, now: datetime, sense: str, slug: str, *, is_on: bool) -> None:
        edits.mark(self.store, sense, "mechanism", slug, is_on=is_on)

    def state(self) -> Row:
        shown = self.store.shown
        return {
            "logs": {key: {name: log.get(name) for name in FIELDS} for key, log in shown("log").items()},
            "answers": {key: answer["answer"] for key, answer in shown("rsvp").items()},
            "days": {key: day["moved_to"] for key, day in shown("day").items()},
            "marks": sorted(shown("mark")),
        }


class OnTheWeb:
    """What the same person does on the web: the services that its forms call."""

    name = "web"

    def __init__(self, person: User) -> None:
        self.person = person

    def logs(self) -> dict[str, Row]:
        rows = SessionLog.objects.visible_to(self.person).with_details(self.person)
        return {str(log.uuid): _row(log) for log in rows}

    def make(self, now: datetime, fields: Row) -> str:
        kind, key = ExerciseType.objects.get(slug=KIND), uuid4()
        log_session(person=self.person, now=now, uuid=key, exercise_type=kind, **fields)
        return str(key)

    def change(self, now: datetime, key: str, fields: Row) -> None:
        edit_log(person=self.person, log=self._log(key), now=now, **fields)  # type: ignore[typeddict-item]

    def delete(self, now: datetime, key: str) -> None:
        delete_log(person=self.person, log=self._log(key), now=now)

    def answer(self, now: datetime, event: str, answer: str) -> None:
        rsvp(event=Event.objects.get(uuid=event), person=self.person, answer=answer, now=now)

    def move(self, now: datetime, plan: str, day: date, to: date | None) -> None:
        enrollment = Enrollment.objects.get(uuid=plan)
        if to is None:
            rest_on(person=self.person, enrollment=enrollment, planned_on=day, now=now)
        else:
            move_day(person=self.person, enrollment=enrollment, planned_on=day, moved_to=to, now=now)

    def undo(self, plan: str, day: date) -> None:
        undo_change(person=self.person, enrollment=Enrollment.objects.get(uuid=plan), planned_on=day)

    def mark(self, now: datetime, sense: str, slug: str, *, is_on: bool) -> None:
        page, meaning = Mechanism.objects.get(slug=slug), Mark.Sense(sense)
        if is_on:
            put_mark(person=self.person, page=page, sense=meaning, now=now)
        else:
            take_mark(person=self.person, page=page, sense=meaning)

    def state(self) -> Row:
        recent = Rsvp.objects.filter(person=self.person, event__ends_at__gte=clock.now() - KEPT)
        answers = recent.select_related("event")
        days = DayChange.objects.filter(enrollment__person=self.person).select_related("enrollment")
        marks = Mark.objects.filter(person=self.person).select_related("mechanism")
        return {
            "logs": self.logs(),
            "answers": {str(row.event.uuid): _said(row.status) for row in answers},
            "days": {f"{row.enrollment.uuid}/{row.planned_on}": _day(row.moved_to) for row in days},
            "marks": sorted(f"{row.sense}/mechanism/{row.page.slug}" for row in marks),
        }

    def _log(self, key: str) -> SessionLog:
        return SessionLog.objects.visible_to(self.person).get(uuid=UUID(key))


def _row(log: SessionLog) -> Row:
    note = log.reflection.note if log.reflection else ""
    return {
        "minutes": log.minutes, "intensity": log.intensity, "mood_after": log.mood("after"), "setting": log.setting,
        "note": note,
    }  # fmt: skip


def _said(status: str) -> str:
    return "going" if status == Rsvp.Status.WAITLISTED else status


def _day(moved_to: date | None) -> str | None:
    return str(moved_to) if moved_to else None
