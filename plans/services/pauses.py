"""Resting from one plan or from all. Nothing waits meanwhile, and nothing is to be made up.

One pause at a time covers a plan, and the latest word counts: saying it again for the same plan (or
for all) changes the pause that is there, and keeps its first day; a pause of all plans takes the
place of those of single ones. While all rest, a single one is not paused besides.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.profile import lock_person
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from core.visibility import get_still
from plans.models import Enrollment, Pause

LONGEST = timedelta(days=366)


@transaction.atomic
def pause_plans(
    *,
    person: User,
    enrollment: Enrollment | None = None,
    reason: str = "",
    ends_on: date | None = None,
    now: datetime,
) -> Pause:
    """Pause one plan, or all of them, from today until `ends_on` (included); without a day, until they say."""
    today = clock.local_day(now, person.time_zone)
    _check(person, enrollment, reason, ends_on, today)
    lock_person(person)
    if enrollment is not None:
        get_still(Enrollment.objects.select_for_update(no_key=True), enrollment)
    current = list(Pause.objects.visible_to(person).on(today).order_by("pk"))
    if enrollment is not None and any(pause.enrollment_id is None for pause in current):
        raise DomainError("all_paused", _("All your plans rest already."))
    if enrollment is None:
        _end([pause for pause in current if pause.enrollment_id is not None], person, today)
    wanted = None if enrollment is None else enrollment.pk
    if same := next((pause for pause in current if pause.enrollment_id == wanted), None):
        same.enrollment, same.reason, same.ends_on = enrollment, reason, ends_on
        same.save(update_fields=["reason", "ends_on"])
        return same
    return Pause.objects.create(
        person=person, enrollment=enrollment, reason=reason, starts_on=today, ends_on=ends_on, created_at=now
    )


@transaction.atomic
def end_pause(*, person: User, pause: Pause, now: datetime) -> None:
    """Come back today: the pause was until yesterday. One that began today leaves no trace; ending twice is once."""
    if pause.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    lock_person(person)
    today = clock.local_day(now, person.time_zone)
    _end(Pause.objects.visible_to(person).on(today).filter(pk=pause.pk), person, today)


def _end(pauses: Iterable[Pause], person: User, today: date) -> None:
    """Let pauses be until yesterday; those that began today leave no trace."""
    days = {pause.pk: pause.starts_on for pause in pauses}
    own = Pause.objects.visible_to(person)
    own.filter(pk__in=[pk for pk, starts_on in days.items() if starts_on >= today]).delete()
    own.filter(pk__in=[pk for pk, starts_on in days.items() if starts_on < today]).update(
        ends_on=today - timedelta(days=1)
    )


def _check(person: User, enrollment: Enrollment | None, reason: str, ends_on: date | None, today: date) -> None:
    if enrollment is not None and enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    if enrollment is not None and not enrollment.is_active:
        raise DomainError("plan_ended", _("You no longer follow this plan."))
    if reason and reason not in Pause.Reason.values:
        raise InvalidInput("choice", _("This is not one of the choices."), field="reason")
    if ends_on is not None and not today <= ends_on <= today + LONGEST:
        raise InvalidInput("until", _("Choose a day from today on, within a year."), field="ends_on")
