"""Beginning a step. A guess at how it will feel is written here, once, and by nothing afterwards."""

from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.profile import lock_person
from core.errors import InvalidInput, NotPermitted
from core.visibility import get_visible
from library.models import ExerciseType
from plans.models import Beginning, Enrollment, Session
from plans.models.private import STAYS_OPEN
from plans.services.gone_logs import require_neither_gone_nor_noted
from plans.services.log_checks import CLOCK_SLACK, check_moods
from plans.services.log_subject import followed, held, kind_of


class BeginningDetails(TypedDict, total=False):
    """What is begun, and how the person feels. Guess and mood are 1 to 7."""

    exercise_type: ExerciseType | None
    session: Session | None
    enrollment: Enrollment | None
    is_floor: bool
    guess: int | None
    mood_before: int | None
    uuid: UUID | None
    started_at: datetime | None


@transaction.atomic
def begin(*, person: User, now: datetime, **details: Unpack[BeginningDetails]) -> Beginning:
    """Write down that something begins. What is begun already stays as it was: the first guess counts.

    The same `uuid` twice is one row; without one, so is a step of a plan that is open. A `uuid` of
    somebody else is a 404, and what is noted already a DomainError `already_noted`, and what
    was taken back `Gone`.
    """
    lock_person(person)  # two taps at once are one beginning
    address = details.get("uuid") or uuid4()
    session = details.get("session")
    enrollment = followed(person, session, details.get("enrollment"))
    Beginning.objects.visible_to(person).long_gone(now).delete()
    own = Beginning.objects.visible_to(person).with_step()
    if found := own.filter(uuid=address).first():
        return found
    if session and not details.get("uuid") and (found := own.filter(session=session, enrollment=enrollment).first()):
        return found
    require_neither_gone_nor_noted(person=person, uuid=address)
    check_moods({"guess": details.get("guess"), "before": details.get("mood_before")})
    kind = kind_of(details.get("exercise_type"), session)
    session, enrollment = held(session, enrollment)
    columns = {
        "person": person,
        "enrollment": enrollment,
        "session": session,
        "exercise_type": kind,
        "is_floor": details.get("is_floor", False),
        "started_at": _start(details.get("started_at") or now, now),
        "guess": details.get("guess"),
        "mood_before": details.get("mood_before"),
    }
    try:
        with transaction.atomic():
            return Beginning.objects.create(uuid=address, created_at=now, **columns)
    except IntegrityError:  # sent twice at the same instant, or the address is somebody else's
        return get_visible(Beginning.objects.with_step(), person, uuid=address)


def let_go(*, person: User, beginning: Beginning) -> None:
    """Not this time: the row goes, and nothing is said about it."""
    if beginning.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    beginning.delete()


def _start(started_at: datetime, now: datetime) -> datetime:
    if started_at > now + CLOCK_SLACK:
        raise InvalidInput("future", _("This time is still to come."), field="started_at")
    if started_at <= now - STAYS_OPEN:
        raise InvalidInput(
            "long_ago", _("This was more than a day ago. Note it as something you did."), field="started_at"
        )
    return started_at
