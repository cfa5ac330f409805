"""A goal and a plan together in each group, two buddies, and somebody who notices."""

from datetime import date, timedelta
from typing import Any

from core import clock
from groups.models import Buddies, BuddyWord, Contribution, Goal, GoalShare, GroupPlan, GroupPlanShare, Noticer
from plans.models import Enrollment, PlanTemplate
from tests.kit.cast import make_person
from tests.kit.parts import Secret, Seed

GOAL, HIDDEN_GOAL, WORDS = "Around the lake together", "Over the hidden ridge together", "Ask me out for ginger tea"
BUDDIES = r"^/(groups|api/v1)/buddies/<uuid>/"
NOTICERS = r"^/(groups/buddies/noticing|api/v1/noticers)/<uuid>/"


def make(seed: Seed) -> dict[str, str]:
    today = clock.local_day(seed.now, seed.cast.group.time_zone)
    days = {"starts_on": today, "ends_on": today + timedelta(days=30)}
    template = PlanTemplate.objects.filter(owner=None, is_published=True).earliest("pk")
    found = {}
    for name, group, title in [("", seed.cast.group, GOAL), ("private_", seed.private_group, HIDDEN_GOAL)]:
        goal = Goal.objects.create(group=group, title=title, unit="minutes", target=600, **days)
        plan = GroupPlan.objects.create(group=group, template=template, starts_on=today)
        found |= {f"{name}goal": str(goal.uuid), f"{name}group_plan": str(plan.uuid)}
    _take_part(goal, plan, today)
    pair = Buddies.objects.create(asked_by=seed.cast.host, asked=seed.cast.member, agreed_at=seed.now)
    BuddyWord.objects.create(buddies=pair, person=seed.cast.host, local_on=today, word=BuddyWord.Word.COMPANY)
    noticer = Noticer.objects.create(person=seed.cast.host, friend=seed.cast.member, after_days=14, words=WORDS)
    return {**found, "buddies": str(pair.uuid), "noticer": str(noticer.uuid)}


def _take_part(goal: Goal, plan: GroupPlan, today: date) -> None:
    """Let somebody beside the cast, who has left since, have a part in both."""
    person = make_person("partaker")
    GoalShare.objects.create(goal=goal, person=person)
    Contribution.objects.create(goal=goal, person=person, local_on=today, amount=20)
    enrollment = Enrollment.objects.create(person=person, template=plan.template, starts_on=today)
    GroupPlanShare.objects.create(group_plan=plan, person=person, enrollment=enrollment)


def objects(a: dict[str, str]) -> dict[str, dict[str, dict[str, object]]]:
    def of(name: str, address: str, group: str) -> dict[str, dict[str, object]]:
        return {
            "public": {address: a[group], "uuid": a[name]},
            "private": {address: a[f"private_{group}"], "uuid": a[f"private_{name}"]},
        }

    return {
        r"^/groups/<slug>/goals/": of("goal", "slug", "group"),
        r"^/groups/<slug>/together/": of("group_plan", "slug", "group"),
        r"^/api/v1/groups/<group>/goals/": of("goal", "group", "group_uuid"),
        r"^/api/v1/groups/<group>/together/": of("group_plan", "group", "group_uuid"),
        NOTICERS: {"own": {"uuid": a["noticer"]}},
        BUDDIES: {"own": {"uuid": a["buddies"]}},
    }


def bodies(world: Any) -> dict[str, dict[str, object]]:
    cast, day = world.cast, world.event.starts_at.date()
    goal = {"title": "Once more", "unit": "minutes", "target": 90, "starts_on": str(day), "ends_on": str(day)}
    plan = {"template": world.template.slug, "starts_on": str(day)}
    follow = {"starts_on": str(day), "when_text": "I am home", "then_text": "I walk"}
    noticing = {"friend": str(cast.host.uuid), "after_days": 14, "words": "A walk would be fine."}
    return {
        "/groups/<slug>/goals/new/": goal,
        "/api/v1/groups/<group>/goals/": goal,
        "/groups/<slug>/together/new/": plan,
        "/api/v1/groups/<group>/together/": plan,
        "/groups/<slug>/together/<uuid>/follow/": {**follow, "rhythm": "days", "cues": ["1"], "at_time": "18:30"},
        "/api/v1/groups/<group>/together/<uuid>/part/": {"enrollment": str(world.enrollment.uuid)},
        "/groups/buddies/ask/": {"person": str(cast.owner.uuid)},
        "/api/v1/buddies/": {"person": str(cast.owner.uuid)},
        "/groups/buddies/<uuid>/word/": {"word": "done"},
        "/api/v1/buddies/<uuid>/word/": {"word": "done"},
        "/groups/buddies/noticing/": noticing,
        "/api/v1/noticers/": noticing,
    }


def pages(a: dict[str, str], who: str) -> list[str]:
    if who == "visitor":
        return []
    group = f"/groups/{a['group']}/"
    return [
        f"{group}goals/new/", f"{group}goals/{a['goal']}/", f"{group}together/new/",
        f"{group}together/{a['group_plan']}/follow/",
        "/groups/buddies/", "/groups/buddies/ask/", "/groups/buddies/noticing/",
    ]  # fmt: skip


def secrets(a: dict[str, str]) -> list[Secret]:
    return [
        Secret(GOAL, frozenset({"owner", "host", "member", "blocked"})),
        Secret(HIDDEN_GOAL, frozenset({"owner", "host", "member"})),
        Secret(WORDS, frozenset({"host"})),
        Secret(a["buddies"], frozenset({"host", "member"})),
    ]
