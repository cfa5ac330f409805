"""Following a plan and letting it go."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from plans.models import Cue, Enrollment, PlanTemplate
from plans.services.own_copies import to_follow

DAYS_BACK, DAYS_AHEAD = 7, 366
MAX_TEXT = 200


def follow_plan(
    *,
    person: User,
    template: PlanTemplate,
    starts_on: date,
    cues: Sequence[tuple[int, time]],
    when_text: str,
    then_text: str,
    obstacle_text: str = "",
    instead_text: str = "",
    now: datetime,
) -> Enrollment:
    """Start following a plan with the person's own days, times and words.

    `cues` are (weekday, wall-clock time), Monday is 0, at most one a day. Raises InvalidInput on a
    field, and DomainError `already_following` while the person follows this plan.
    """
    if not template.is_published:
        raise InvalidInput("not_offered", _("This plan is not offered at the moment."), field="template")
    _check_start(starts_on, clock.local_day(now, person.time_zone))
    _check_cues(cues)
    texts = {
        "when_text": _text(when_text, "when_text", is_needed=True),
        "then_text": _text(then_text, "then_text", is_needed=True),
        "obstacle_text": _text(obstacle_text, "obstacle_text", is_needed=bool(instead_text.strip())),
        "instead_text": _text(instead_text, "instead_text", is_needed=bool(obstacle_text.strip())),
    }
    try:
        with transaction.atomic():
            enrollment = Enrollment.objects.create(
                person=person, template=to_follow(template, person=person), starts_on=starts_on, created_at=now, **texts
            )
            Cue.objects.bulk_create([Cue(enrollment=enrollment, weekday=day, at_time=at) for day, at in cues])
    except IntegrityError as error:  # the constraint decides, so that two requests at once make one row
        raise DomainError("already_following", _("You already follow this plan.")) from error
    return enrollment


def stop_following(*, person: User, enrollment: Enrollment, now: datetime) -> Enrollment:
    """Let a plan go. Logs stay; stopping twice is stopping once."""
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    with transaction.atomic():
        locked = Enrollment.objects.select_for_update().get(pk=enrollment.pk)
        if locked.is_active:
            locked.ended_at = now
            locked.save(update_fields=["ended_at"])
    return locked


def _check_start(starts_on: date, today: date) -> None:
    if not today - timedelta(days=DAYS_BACK) <= starts_on <= today + timedelta(days=DAYS_AHEAD):
        raise InvalidInput("start", _("Choose a day between last week and a year from now."), field="starts_on")


def _check_cues(cues: Sequence[tuple[int, time]]) -> None:
    days = [day for day, _at in cues]
    if not days:
        raise InvalidInput("days", _("Choose at least one day of the week."), field="cues")
    if len(set(days)) != len(days) or not all(0 <= day <= 6 for day in days):  # noqa: PLR2004 - Monday to Sunday
        raise InvalidInput("days", _("Each day of the week can be chosen once."), field="cues")


def _text(text: str, field: str, *, is_needed: bool) -> str:
    """Return the text without surrounding blanks and line breaks: it is one sentence, quoted in reminders."""
    clean = " ".join(text.split())
    if is_needed and not clean:
        raise InvalidInput("empty", _("A few words are enough."), field=field)
    if len(clean) > MAX_TEXT:
        raise InvalidInput("long", _("Please keep it under %(limit)d characters.") % {"limit": MAX_TEXT}, field=field)
    return clean
