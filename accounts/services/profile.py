"""What a person tells about themselves, and the three steps of the welcome."""

from datetime import date, datetime, time
from typing import TypedDict

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.names import clean_display_name
from accounts.zone_changes import announce
from core.errors import InvalidInput
from core.visibility import get_still


class Changes(TypedDict, total=False):
    """Settings to change; what is not named stays."""

    display_name: str
    language: str
    time_zone: str
    first_weekday: int
    quiet_from: time
    quiet_until: time
    weekly_target_minutes: int
    hides_numbers: bool
    weekly_message_budget: int
    messages_paused_until: date | None


def lock_person(person: User) -> User:
    """Return the person's row as it is now, locked until the end of the transaction."""
    return get_still(User.objects.get_queryset().select_for_update(no_key=True), person)


@transaction.atomic
def change_settings(*, person: User, changes: Changes) -> User:
    """Save the changes and return the person as saved; InvalidInput names the field at fault."""
    locked = lock_person(person)
    zone = locked.time_zone
    for field, value in changes.items():
        setattr(locked, field, clean_display_name(str(value)) if field == "display_name" else value)
    _check(locked, set(changes))
    if changes:
        locked.save(update_fields=list(changes))
    if locked.time_zone != zone:
        announce(locked)
    for field in changes:
        setattr(person, field, getattr(locked, field))
    return locked


def hide_numbers(*, person: User, hide: bool) -> None:
    """Show the person's own pages in words, or with figures again."""
    change_settings(person=person, changes={"hides_numbers": hide})


def choose_language(*, person: User, language: str) -> None:
    """Speak to the person in `language` from now on, on pages and in messages."""
    change_settings(person=person, changes={"language": language})


@transaction.atomic
def finish_welcome(*, person: User, display_name: str, now: datetime) -> None:
    """Save the name and mark the person as welcomed; a second time changes the name only."""
    change_settings(person=person, changes={"display_name": display_name})
    User.objects.filter(pk=person.pk, welcomed_at=None).update(welcomed_at=now)
    person.refresh_from_db(fields=["welcomed_at"])


def _check(person: User, changed: set[str]) -> None:
    """Raise InvalidInput for the first changed field that the model refuses."""
    try:
        person.clean_fields(exclude=set(vars(person)) - changed)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise InvalidInput("invalid", messages[0], field=field) from error
