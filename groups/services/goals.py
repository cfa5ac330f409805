"""Goals that a group reaches together: setting one, letting one's part count, and ending either."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.profile import lock_person
from accounts.standing import require_good_standing
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from core.visibility import get_still
from core.words import tidy_line
from groups.models import Contribution, Goal, GoalShare, Group, Membership
from groups.services.memberships import lock_group, require_hosting
from groups.services.outings import require_open_group

LONGEST = timedelta(days=366)
HIGHEST = 1_000_000


def set_goal(
    *, group: Group, person: User, title: str, unit: str, target: int, starts_on: date, ends_on: date, now: datetime
) -> Goal:
    """Set a goal for the group. One at a time: two totals of the same days tell a person by their difference.

    Days are days at the group's place.
    """
    require_good_standing(person, now=now)
    _check(title, unit, target)
    _check_days(starts_on, ends_on, clock.local_day(now, group.time_zone))
    with transaction.atomic():
        locked = lock_group(group)
        require_hosting(locked.pk, person)
        require_open_group(locked)
        if Goal.objects.open().filter(group=locked).exists():
            raise DomainError("goal_running", _("This group has a goal already. A new one can follow it."))
        return Goal.objects.create(
            group=locked, set_by=person, title=tidy_line(title), unit=unit, target=target,
            starts_on=starts_on, ends_on=ends_on, created_at=now,
        )  # fmt: skip


def close_goal(*, goal: Goal, person: User, now: datetime) -> None:
    """End a goal before its last day. What was shown stays; closing twice is closing once."""
    require_hosting(goal.group_id, person)
    with transaction.atomic():
        close(get_still(Goal.objects.select_for_update(), goal), now=now)


def close(goal: Goal, *, now: datetime) -> None:
    """End a locked goal. What has not been shown by then never is, and nobody's part counts any longer."""
    if goal.closed_at is not None:
        return
    goal.closed_at = now
    goal.save(update_fields=["closed_at"])
    GoalShare.objects.filter(goal=goal).delete()


@transaction.atomic
def count_me_in(*, goal: Goal, person: User, now: datetime) -> GoalShare:
    """Let the person's part count from today on. One goal at a time, of all of their groups together.

    Two totals with mostly the same people in them would tell by their difference who is in one only.
    """
    require_good_standing(person, now=now)
    lock_person(person)
    locked = get_still(Goal.objects.select_for_update(), goal)
    if not Membership.objects.current().filter(group=locked.group_id, person=person).exists():
        raise NotPermitted("not_a_member", _("Only members count towards a group's goal."))
    if locked.closed_at is not None:
        raise DomainError("goal_closed", _("This goal has ended."))
    mine = GoalShare.objects.filter(person=person).select_related("goal").order_by("pk")
    shares = list(mine.filter(Q(goal=locked) | Q(goal__group__in=Group.objects.joined_by(person))))
    if other := next((share for share in shares if share.goal_id != locked.pk), None):
        raise DomainError(
            "counts_elsewhere",
            _("Your part counts towards “%(goal)s” at the moment, and towards one goal at a time.")
            % {"goal": other.goal.title},
        )
    return shares[0] if shares else GoalShare.objects.create(goal=locked, person=person, since_at=now)


@transaction.atomic
def count_me_out(*, goal: Goal, person: User) -> None:
    """Let the person's part count no longer. What was shown with it stays, and no longer knows whose it was."""
    get_still(Goal.objects.select_for_update(), goal)
    GoalShare.objects.filter(goal=goal, person=person).delete()
    Contribution.objects.filter(goal=goal, person=person).update(person=None)


def _check(title: str, unit: str, target: int) -> None:
    if not tidy_line(title):
        raise InvalidInput("empty", _("A few words are enough."), field="title")
    if unit not in Goal.Unit.values:
        raise InvalidInput("choice", _("This is not one of the choices."), field="unit")
    if not 1 <= target <= HIGHEST:
        raise InvalidInput("target", _("Choose a number from 1 to a million."), field="target")


def _check_days(starts_on: date, ends_on: date, today: date) -> None:
    if not today <= starts_on <= today + LONGEST:
        raise InvalidInput("start", _("Choose a day between today and a year from now."), field="starts_on")
    if not starts_on <= ends_on <= starts_on + LONGEST:
        raise InvalidInput("end", _("Choose a day after the first, within a year."), field="ends_on")
