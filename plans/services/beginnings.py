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
from plans.services.log_subject import Subject, kind_of


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
    session, sent = details.get("session"), details.get("uuid")
    subject = Subject.of(person, details)
    if found := _there(person, sent, subject, now):
        return found
    if sent:
        require_neither_gone_nor_noted(person=person, uuid=sent)
    check_moods({"guess": details.get("guess"), "before": details.get("mood_before")})
    columns = {
        "person": person,
        "exercise_type": kind_of(details.get("exercise_type"), session),
        "is_floor": details.get("is_floor", False),
        "started_at": _start(details.get("started_at") or now, now),
        "guess": details.get("guess"),
        "mood_before": details.get("mood_before"),
    }
    subject.lock()
    try:
        with transaction.atomic():
            begun = Beginning.objects.create(uuid=sent or uuid4(), created_at=now, **columns, **subject.columns())
    except IntegrityError:  # sent twice at the same instant, or the address is somebody else's
        return get_visible(Beginning.objects.with_step(), person, uuid=sent)
    subject.show(begun)
    Beginning.objects.visible_to(person).long_gone(now).delete()  # after what is followed is locked, as who notes does
    return begun


def _there(person: User, sent: UUID | None, subject: Subject, now: datetime) -> Beginning | None:
    """Return what is begun under the address that was sent; without one, what is open of the same step."""
    own = Beginning.objects.visible_to(person).with_step()
    if sent:
        return own.filter(uuid=sent).first()
    if subject.session is None:
        return None
    return own.still_open(now).filter(session=subject.session, enrollment=subject.enrollment).first()


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
