"""What is said in full in groups, beside meetings: goals, ways in, roles, who was there, and what is not right."""

from datetime import datetime, timedelta

from core import clock
from groups.models import Attendance, Comment, Event, Group, JoinRequest, Membership, Post, Role
from tests.access.said import Said
from tests.kit.cast import make_group
from tests.kit.world import World


def sayings(world: World, now: datetime) -> list[Said]:
    return [*_goals_and_ways_in(world, now), *_people(world, now), *_looking_after(world)]


def _goals_and_ways_in(world: World, now: datetime) -> list[Said]:
    """In a group without a goal, in which nobody asked to be let in."""
    owner, today = world.cast.owner, clock.local_day(now, world.cast.group.time_zone)
    days = [str(today), str(today + timedelta(days=30))]
    fresh = make_group(slug="ferns", name="Ferns", owner=owner, join_policy=Group.JoinPolicy.REQUEST)
    Membership.objects.create(group=fresh, person=owner, role=Role.OWNER)
    goal = {"title": "Once around", "unit": "minutes", "target": 90, "starts_on": days[0], "ends_on": days[1]}
    Membership.objects.create(group=world.cast.group, person=world.cast.editor, is_looking=True)
    JoinRequest.objects.create(group=fresh, person=world.cast.applicant, expires_at=now - timedelta(days=1))
    closed = make_group(slug="mosses", name="Mosses", owner=owner, closed_at=now)
    Membership.objects.create(group=closed, person=owner, role=Role.OWNER)
    together = {"template": world.template.slug, "starts_on": days[0]}
    own, there = f"/api/v1/groups/{fresh.uuid}/", f"/api/v1/groups/{world.cast.group.uuid}/"
    link = f"/api/v1/invitations/{world.parts['join_token']}/"
    return [
        Said("all", "POST", f"{own}goals/", goal, "owner"),
        Said("all", "POST", f"{own}together/", together, "owner"),
        Said("of one that was closed", "POST", f"/api/v1/groups/{closed.uuid}/reopen/", {}, "owner"),
        Said("all", "POST", f"{own}requests/", {"words": "Hello"}, "stranger"),
        Said("of who asked long ago", "POST", f"{own}requests/", {"words": "Hello"}, "applicant"),
        Said("to look", "POST", link, {"is_looking": True}, "stranger"),
        Said("of who asked", "POST", link, {}, "applicant"),
        Said("of who asked", "POST", f"{there}join/", {}, "applicant"),
        Said("of who asked", "POST", f"{there}look/", {}, "applicant"),
        Said("of who looked", "POST", f"{there}take-part/", {}, "editor"),
    ]


def _people(world: World, now: datetime) -> list[Said]:
    """Roles, and who came: one is noted, another no longer."""
    cast, over = world.cast, Event.objects.get(uuid=world.parts["event_over"])
    Attendance.objects.create(event=over, person=cast.owner, is_said_by_host=True, created_at=now)
    noted = {"came": [str(cast.host.uuid), str(cast.member.uuid)], "taken_back": [str(cast.owner.uuid)]}
    walker = Membership.objects.select_related("person").get(uuid=world.parts["membership"])
    one, answered = f"/api/v1/groups/{cast.group.uuid}/members/{walker.uuid}/", {"person": str(walker.person.uuid)}
    answers = f"/api/v1/events/{world.parts['occurrence']}/answers/"
    return [
        Said("all", "POST", f"/api/v1/events/{over.uuid}/attendance/", noted, "owner"),
        Said("of who had not answered", "POST", answers, answered, "owner"),
        *(Said(role, "PATCH", one, {"role": role}, "owner") for role in ("host", "moderator", "owner")),
    ]


def _looking_after(world: World) -> list[Said]:
    """What is reported, and what hosts do about it."""
    cast, parts = world.cast, world.parts
    about = {
        "person": str(cast.owner.uuid), "group": str(cast.group.uuid), "event": parts["occurrence"],
        "post": parts["post"], "comment": parts["answer"],
    }  # fmt: skip
    said = {"reason": "danger", "words": "Somebody may be hurt."}
    hidden = Post.objects.filter(group=cast.group, hidden_at__isnull=False)[0]
    text = {"text": "Mud", "text_html": "<p>Mud</p>"}
    mud = Comment.objects.create(post_id=hidden.pk, author=cast.host, hidden_at=hidden.hidden_at, **text)
    own = {"held": parts["held_post"], "hidden": str(hidden.uuid), "mud": str(mud.uuid)}
    looks = [("posts", "held", "let_through"), ("posts", "hidden", "show"), ("comments", "mud", "show")]
    return [
        *(
            Said(f"of a {kind}, all", "POST", "/api/v1/reports/", {**said, "about_kind": kind, "about_id": uuid})
            for kind, uuid in about.items()
        ),
        *(Said(act, "POST", f"/api/v1/{what}/{own[one]}/look/", {"act": act}, "owner") for what, one, act in looks),
    ]
