"""What is said in full of what is somebody's own: plans they write, workouts, messages, devices and keys to it all."""

from datetime import datetime, timedelta

from plans.models import Session, SessionLog, Week
from tests.access.bodies import NEW_UUID, Body
from tests.access.said import Said
from tests.kit.parts.devices import FCM
from tests.kit.push_device import Device
from tests.kit.world import World


def sayings(world: World, now: datetime) -> list[Said]:
    return [*_plans(world), *_workouts(world, now), *_messages(), *_signed_in_just_now()]


def _plans(world: World) -> list[Said]:
    """A plan of two weeks anew, and one whose steps are moved, changed, made and let go."""
    reasons = [world.mechanism.slug]
    step: Body = {
        "exercise_type": "walking", "minutes": 12, "intensity": "light", "title": "Mill", "instruction": "Slowly.",
        "floor": "To the gate.", "floor_minutes": 3, "amount": "1.5", "unit": "km", "reasons": reasons, "id": None,
    }  # fmt: skip
    plan: Body = {"title": "Mill path", "goal": "To the mill", "growth": "walking_or_cycling"}
    weeks = [{"focus": "Softly", "sessions": [step, step]}, {"focus": "On", "sessions": [step]}]
    ladder: Body = {**plan, "exercise_type": "walking", "unit": "km", "start": 1, "goal": 3, "times": 2}
    moved = {**step, "id": _with_more(world).pk, "minutes": 10}
    other = [{"focus": "Softly", "sessions": [step, moved]}]
    own = f"/api/v1/own-plans/{world.own_plan.slug}/"
    return [
        Said("all", "POST", "/api/v1/own-plans/", {**plan, "schedule": weeks}),
        Said("all", "PUT", own, {**plan, "schedule": other}),
        Said("all", "POST", "/api/v1/own-plans/ladder/", ladder),
    ]


def _with_more(world: World) -> Session:
    """Give the member's own plan a step that was noted and a week, and its first step, which is returned, a reason."""
    first = Session.objects.get(week__template=world.own_plan)
    first.mechanisms.add(world.draft)
    said = {"exercise_type": first.exercise_type, "minutes": 10, "intensity": "light"}
    week = Week.objects.create(template=world.own_plan, number=2)
    for of, number in ((first.week, 2), (week, 1)):
        step = Session.objects.create(week=of, number=number, title="On", floor="Out.", floor_minutes=2, **said)
        step.mechanisms.add(world.mechanism)
        log = {**said, "done_at": world.log.done_at, "local_on": world.log.local_on}
        SessionLog.objects.create(person=world.cast.member, session=step, **log)
    world.own_plan.weeks, world.own_plan.sessions_max = 2, 2
    world.own_plan.save()
    return first


def _workouts(world: World, now: datetime) -> list[Said]:
    """Workouts of two stores: of what kind, how hard and how far one says."""
    times = {"started_at": str(now - timedelta(hours=2)), "ended_at": str(now - timedelta(hours=1))}
    walk = {"source": "apple_health", "external_id": "1", "type": "HKWorkoutActivityTypeWalking", **times}
    said = {"exercise_type": "walking", "intensity": "light", "active_seconds": 1860, "distance_m": 5120}
    other = {**walk, **said, "source": "health_connect", "type": "EXERCISE_TYPE_OTHER_WORKOUT", "external_id": "2"}
    items = [walk, {**other, "time_zone": "Europe/Paris"}]
    # What comes in a batch asks as often as its door does; who sends it is looked up first, and its answer is kept.
    part = {"id": NEW_UUID, "method": "PATCH", "path": f"/api/v1/enrollments/{world.enrollment.uuid}/", "if_match": "*"}
    return [
        Said("all", "POST", "/api/v1/imports/workouts/", {"items": items}),
        Said("one, all", "POST", "/api/v1/batch/", {"items": [{**part, "body": {"then_text": "I dance"}}]}),
    ]


def _messages() -> list[Said]:
    """By which ways a kind of message comes, and how often; a device that somebody else had."""
    switches = [{"channel": channel, "is_wanted": is_on} for channel, is_on in (("email", False), ("push", True))]
    device = Device(f"{FCM}member").said
    keys = {"p256dh": device["p256dh"], "auth": device["auth"]}
    said = {"endpoint": device["endpoint"], "keys": keys, "device": "Moss phone", "kind": "browser"}
    return [
        Said(
            "all", "PATCH", "/api/v1/me/messages/settings/", {"kind": "session_cue", "switches": switches, "every": 2}
        ),
        Said("none", "POST", "/api/v1/me/messages/pace/", {"kind": "session_cue", "answer": "none"}),
        Said("somebody's, all", "POST", "/api/v1/me/devices/", said, "owner"),
    ]


def _signed_in_just_now() -> list[Said]:
    """What wants the password again within minutes."""
    token: Body = {"name": "Clover phone", "kind": "script", "scope": "write", "days": 30}
    return [Said("all", "POST", "/api/v1/me/tokens/", token)]
