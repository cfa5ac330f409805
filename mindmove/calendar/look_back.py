"""A week to look back on: what was done, one thing that the person's own numbers say, and what comes next."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from groups.models import Attendance
from groups.wording import count_in_words
from library.models import ExerciseType
from mindmove.calendar.days import DAY, Day, is_in_reach, weeks_between
from plans.agenda import WeeksSteps
from plans.insights.entries import BY
from plans.insights.findings import Finding, Measure, State, find
from plans.models import SessionLog
from plans.numbers.reading import entries_of
from plans.numbers.words import figures, sentence
from plans.week import WEEKS_BACK, Dose, dose_of

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Noticed:
    """One finding among those of the last twelve weeks: the sentence, and its figures."""

    sentence: str
    figures: str


@dataclass(frozen=True)
class LookBack:
    """The week from `first` to `last`. `ahead` holds the days after it on which something stands."""

    first: date
    last: date
    is_over: bool
    logs: list[SessionLog]
    dose: Dose
    said: str
    met: str
    noticed: Noticed | None
    ahead: list[Day]
    any_day: list[WeeksSteps]


def has_begun(person: User, day: date, today: date) -> bool:
    """Whether the week that `day` is in can be looked back on; not one that is still to come."""
    return is_in_reach(day, today) and clock.week_of(day, person.first_weekday)[0] <= today


def look_back_on(person: User, day: date, *, now: datetime) -> LookBack:
    """Gather the week that `day` is in. A fixed number of queries, however much was done."""
    first, last = clock.week_of(day, person.first_weekday)
    today = clock.local_day(now, person.time_zone)
    logs = _logs(person, first, last)
    ahead, any_day = _ahead(person, last, today, now)
    return LookBack(
        first=first,
        last=last,
        is_over=last < today,
        logs=logs,
        dose=_dose(logs, person, first, last),
        said=done_in_words(len(logs), len({log.local_on for log in logs}), hides=person.hides_numbers),
        met=_met_in_words(_meetings(person, first, last), hides=person.hides_numbers),
        noticed=_noticed(person, first, last) if logs else None,
        ahead=ahead,
        any_day=any_day,
    )


def done_in_words(times: int, days: int, *, hides: bool) -> str:
    """Return how often something was done, as one says it."""
    if not times:
        return _("Nothing is noted for this week. Weeks like that are part of it.")
    if hides:
        return _("You did something this week, and all of it counts.")
    if times == 1:
        return _("You did something once, and it counts.")
    if days == 1:
        return _("You did something %(times)s times on one day.") % {"times": count_in_words(times)}
    words = _("You did something %(times)s times, on %(days)s days.")
    return words % {"times": count_in_words(times), "days": count_in_words(days)}


def _met_in_words(meetings: int, *, hides: bool) -> str:
    if not meetings:
        return ""
    if hides or meetings == 1:
        return _("And you were there when your group met.")
    return _("And you were there at %(meetings)s meetings.") % {"meetings": count_in_words(meetings)}


def _logs(person: User, first: date, last: date) -> list[SessionLog]:
    own = SessionLog.objects.visible_to(person).between(first, last)
    return list(own.with_details(person).order_by("local_on", "done_at", "pk"))


def _dose(logs: list[SessionLog], person: User, first: date, last: date) -> Dose:
    rows = [(log.exercise_type.slug, log.intensity, log.minutes) for log in logs]
    return dose_of(rows, first=first, last=last, target=person.weekly_target_minutes)


def _meetings(person: User, first: date, last: date) -> int:
    begins, ends = (clock.instant_of(day, time.min, person.time_zone) for day in (first, last + DAY))
    there = Attendance.objects.visible_to(person).filter(person=person)
    return there.filter(event__starts_at__gte=begins, event__starts_at__lt=ends).count()


def _ahead(person: User, last: date, today: date, now: datetime) -> tuple[list[Day], list[WeeksSteps]]:
    """Return what stands on the days of the week after, while it is not over."""
    if last + WEEK < today:
        return [], []
    (week,) = weeks_between(person, first=last + DAY, last=last + DAY, now=now)
    return [day for day in week.days if not day.is_past and (day.planned or day.meetings)], week.any_day


def _noticed(person: User, first: date, last: date) -> Noticed | None:
    """Return one thing that went with a higher mood, if the numbers of the last twelve weeks allow to say any."""
    entries = [entry for entry in entries_of(person, since=last + DAY - WEEK * WEEKS_BACK) if entry.day <= last]
    found = find(entries)
    clear = [one for one in (*found.groups, *found.over_all, *found.sides) if one.state is State.HIGHER]
    if not clear:
        return None
    lately = {(by, getattr(entry, by)) for entry in entries if entry.day >= first for by in BY}
    best = min(clear, key=lambda one: _comes_first(one, lately))
    kinds = {kind.slug: kind.name for kind in ExerciseType.objects.visible_to(person)}
    return Noticed(sentence(best, kinds), figures(best))


def _comes_first(finding: Finding, lately: set[tuple[str, str]]) -> tuple[bool, bool]:
    """What was part of this week before the rest, and what changed before what was guessed."""
    return ((finding.by, finding.group) not in lately, finding.measure is not Measure.CHANGE)
