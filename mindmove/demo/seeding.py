"""Puts the demo together: people, then groups, then plans. All of it or nothing, and once."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from accounts.models import User
from accounts.services.people import add_person
from library.services.editors import make_editor
from mindmove.demo.coming_in import let_ask
from mindmove.demo.following import follow_and_log
from mindmove.demo.looking_after import add_report
from mindmove.demo.meeting import add_group, add_missing_events
from mindmove.demo.noting import note_weeks
from mindmove.demo.talking import talk
from mindmove.demo.together import keep_company
from moderation.services.moderators import make_moderator

PASSWORD = "slow-morning-walk"  # noqa: S105 - printed for everybody; the commands refuse it where it could matter
DOMAIN = "people.example"


@dataclass(frozen=True)
class SignIn:
    """An address to sign in with, and who that is."""

    email: str
    who: str


def sign_ins() -> list[SignIn]:
    """Return the people worth signing in as."""
    return [SignIn(_email(row), row["shown"]) for row in _rows("people") if "shown" in row]


@transaction.atomic
def seed(*, now: datetime) -> bool:
    """Make the demo unless it is there, and say whether it was made. Events that ran out are set anew."""
    emails = {row["key"]: _email(row) for row in _rows("people")}
    known = {person.email: person for person in User.objects.get_queryset().filter(email__in=emails.values())}
    is_new = not known
    people = _add_people(now) if is_new else {key: known[email] for key, email in emails.items() if email in known}
    for row in _rows("groups"):
        if is_new:
            add_group(row, people, now=now)
        elif set(people) == set(emails):
            add_missing_events(row, people, now=now)
    for row in _rows("plans") if is_new else []:
        follow_and_log(row, people[row["person"]], now=now)
    for row in _rows("noted") if is_new else []:
        note_weeks(row, people[row["person"]], now=now)
    if is_new:
        _let_meet(people, now=now)
    return is_new


def _let_meet(people: dict[str, User], *, now: datetime) -> None:
    """Let people talk, ask to come in, reach something together, and mind what somebody did."""
    for row in _rows("said"):
        talk(row, people, now=now)
    for row in _rows("ways"):
        let_ask(row, people, now=now)
    keep_company(_read("together"), people, now=now)
    for row in _rows("reports"):
        add_report(row, people, now=now)


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _read(name)
    return rows


def _read(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text())


def _email(row: dict[str, Any]) -> str:
    return f"{row['key']}@{DOMAIN}"


def _add_people(now: datetime) -> dict[str, User]:
    joined_at = {row["key"]: now - timedelta(days=row.get("since_days", 90)) for row in _rows("people")}
    people = {
        row["key"]: add_person(
            email=_email(row),
            password=PASSWORD,
            display_name=row["name"],
            language=row["language"],
            time_zone=row["zone"],
            joined_at=joined_at[row["key"]],
            welcomed_at=joined_at[row["key"]],
            is_staff=row["key"] == "admin",
            is_superuser=row["key"] == "admin",
        )
        for row in _rows("people")
    }
    make_editor(person=people["editor"])
    make_moderator(person=people["moderator"])
    return people
