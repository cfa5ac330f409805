"""What groups of the demo reach together, and people of it who keep each other company."""

from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from core import clock
from groups.models import Goal, Group
from groups.services.buddies import agree, ask_buddy, say_word
from groups.services.counting import count_goal
from groups.services.goals import count_me_in, set_goal
from groups.services.noticers import agree_to_notice, ask_to_notice
from groups.services.plans_together import follow_along, set_group_plan
from plans.models import Enrollment, PlanTemplate

type People = dict[str, User]
type Row = dict[str, Any]


def keep_company(rows: dict[str, list[Row]], people: People, *, now: datetime) -> None:
    """Set goals and plans together once people have noted what they did, and make buddies."""
    for row in rows["goals"]:
        _add_goal(row, people, now=now)
    for row in rows["plans"]:
        _add_plan(row, people, now=now)
    for row in rows["buddies"]:
        _add_buddies(row, people, now=now)
    for row in rows["noticers"]:
        _add_noticer(row, people, now=now)


def _add_goal(row: Row, people: People, *, now: datetime) -> Goal:
    """Begin some days ago, with the parts of those who let theirs count, added up as every night."""
    group = Group.objects.get(name=row["group"])
    set_at = now - timedelta(days=row["since_days"])
    goal = set_goal(
        group=group,
        person=group.owner,
        starts_on=clock.local_day(set_at, group.time_zone),
        ends_on=clock.local_day(now + timedelta(days=row["days_more"]), group.time_zone),
        now=set_at,
        **{name: row[name] for name in ("title", "unit", "target")},
    )
    for key in row["counted"]:
        count_me_in(goal=goal, person=people[key], now=set_at)
    count_goal(goal, now=now)
    return goal


def _add_plan(row: Row, people: People, *, now: datetime) -> None:
    group, template = Group.objects.get(name=row["group"]), PlanTemplate.objects.get(slug=row["plan"])
    set_at = now - timedelta(days=row["since_days"])
    day = clock.local_day(set_at, group.time_zone)
    plan = set_group_plan(group=group, person=group.owner, template=template, starts_on=day, now=set_at)
    for key in row["along"]:
        enrollment = Enrollment.objects.active().get(person=people[key], template=template)
        follow_along(group_plan=plan, person=people[key], enrollment=enrollment, now=set_at)


def _add_buddies(row: Row, people: People, *, now: datetime) -> None:
    other = people[row["asked"]]
    pair = ask_buddy(person=people[row["by"]], other=other, now=now - timedelta(days=9))
    if row.get("agreed"):
        pair = agree(buddies=pair, person=other, now=now - timedelta(days=8))
    for key, word in row.get("words", {}).items():
        say_word(buddies=pair, person=people[key], word=word, now=now)


def _add_noticer(row: Row, people: People, *, now: datetime) -> None:
    friend, asked = people[row["friend"]], {"after_days": row["after_days"], "words": row["words"]}
    noticer = ask_to_notice(person=people[row["by"]], friend=friend, now=now - timedelta(days=6), **asked)
    if row.get("agreed"):
        agree_to_notice(noticer=noticer, person=friend, now=now - timedelta(days=5))
