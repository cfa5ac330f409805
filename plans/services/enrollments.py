"""Following a plan, changing how, and letting it go."""

from datetime import date, datetime
from typing import Any, TypedDict, Unpack

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from plans.models import Cue, Enrollment, PlanTemplate
from plans.services.followed import bring_days, lock_followed
from plans.services.following_checks import TEXTS, Cues, check_new_start, check_rhythm, check_start, clean_words
from plans.services.looks import look_anew, look_anew_at_changes
from plans.services.own_copies import to_follow


class FollowingChanges(TypedDict, total=False):
    """What may be changed of a plan that is followed; what is left out stays. `times_a_week` None: fixed days."""

    starts_on: date
    cues: Cues
    times_a_week: int | None
    when_text: str
    then_text: str
    obstacle_text: str
    instead_text: str


def follow_plan(
    *,
    person: User,
    template: PlanTemplate,
    starts_on: date,
    when_text: str,
    then_text: str,
    cues: Cues = (),
    times_a_week: int | None = None,
    obstacle_text: str = "",
    instead_text: str = "",
    has_asked: bool = False,
    now: datetime,
) -> Enrollment:
    """Start following a plan with the person's own days, times and words.

    `cues` are (weekday, wall-clock time), Monday is 0, at most one a day; with `times_a_week` they
    only remind, and there may be none. `has_asked`: see `check_readiness`. Raises InvalidInput on a
    field, and DomainError `already_following` while the person follows this plan.
    """
    if not template.is_published:
        raise InvalidInput("not_offered", _("This plan is not offered at the moment."), field="template")
    check_start(starts_on, clock.local_day(now, person.time_zone))
    check_rhythm(cues, times_a_week)
    words = clean_words(
        when_text=when_text, then_text=then_text, obstacle_text=obstacle_text, instead_text=instead_text
    )
    values: dict[str, Any] = {"starts_on": starts_on, "times_a_week": times_a_week, **words}
    try:
        with transaction.atomic():
            template = to_follow(template, person=person, has_asked=has_asked)
            enrollment = Enrollment.objects.create(person=person, template=template, created_at=now, **values)
            enrollment.shown_cues = [Cue(enrollment=enrollment, weekday=day, at_time=at) for day, at in sorted(cues)]
            Cue.objects.bulk_create(enrollment.shown_cues)
    except IntegrityError as error:  # the constraint decides, so that two requests at once make one row
        raise DomainError("already_following", _("You already follow this plan.")) from error
    return enrollment


@transaction.atomic
def change_following(
    *, person: User, enrollment: Enrollment, now: datetime, **changes: Unpack[FollowingChanges]
) -> Enrollment:
    """Change what is named: days, times, words, and the first day while it lies ahead. Logs are untouched.

    It is returned with its days and times at hand.
    """
    locked = _locked(person, enrollment)
    if not locked.is_active:
        raise DomainError("plan_ended", _("You no longer follow this plan."))
    given: dict[str, Any] = {**changes}
    check_new_start(locked, given.get("starts_on", locked.starts_on), clock.local_day(now, person.time_zone))
    cues = given.pop("cues", None)
    bring_days(locked, person)
    has = [(cue.weekday, cue.at_time) for cue in locked.shown_cues]
    check_rhythm(has if cues is None else cues, given.get("times_a_week", locked.times_a_week))
    given |= clean_words(**{name: given.get(name, getattr(locked, name)) for name in TEXTS})
    for name, value in given.items():
        setattr(locked, name, value)
    locked.save()
    if cues is not None:
        _change_cues(locked, cues, now)
        look_anew_at_changes(locked)
    elif "starts_on" in given:
        look_anew(locked)
    return locked


def stop_following(*, person: User, enrollment: Enrollment, now: datetime) -> Enrollment:
    """Let a plan go. Logs stay; stopping twice is stopping once."""
    with transaction.atomic():
        locked = _locked(person, enrollment)
        if locked.is_active:
            locked.ended_at = now
            locked.save(update_fields=["ended_at"])
    return locked


def _locked(person: User, enrollment: Enrollment) -> Enrollment:
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    return lock_followed(enrollment)


def _change_cues(enrollment: Enrollment, cues: Cues, now: datetime) -> None:
    """Put new cues for those at hand, for whoever plans reminders to look at anew.

    A day that stays keeps its row; with the same time it stays as old as it is.
    """
    there = {cue.weekday for cue in enrollment.shown_cues}
    chosen = {(cue.weekday, cue.at_time): cue.chosen_at for cue in enrollment.shown_cues}
    enrollment.shown_cues = [
        Cue(enrollment=enrollment, weekday=day, at_time=at, chosen_at=chosen.get((day, at), now))
        for day, at in sorted(cues)
    ]
    enrollment.cues.filter(weekday__in=there - {day for day, _at in cues}).delete()
    Cue.objects.bulk_create(
        enrollment.shown_cues,
        update_conflicts=True,
        unique_fields=["enrollment", "weekday"],
        update_fields=["at_time", "chosen_at", "next_at"],
    )
