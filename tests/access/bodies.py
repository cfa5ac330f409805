"""What is sent to each route: what somebody who may do it would send, so that a yes can be told from a no."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from tests.kit.cast import PASSWORD
from tests.kit.parts import gathered
from tests.kit.tracks import gpx, segment
from tests.kit.world import World

NEW_PASSWORD = "a-quiet-trail-in-the-morning"
NEW_UUID = "5f0b2a54-4c0a-4c39-8f8e-7d2c7f3c7f10"
type Body = dict[str, object]


def body_of(pattern: str, method: str, person: str, world: World) -> Body:
    """Return the body for a route (its pattern); empty where none is wanted."""
    if method == "GET":
        return {}
    if pattern.startswith("/admin/"):
        return {"post": "yes"} if pattern.endswith("/delete/") else {}
    for bodies in gathered("bodies", world):
        if pattern in bodies:
            return dict(bodies[pattern])
    return _sign_in(pattern, person) or _own_life(pattern, world) or _plans(pattern, world) or _groups(pattern, world)


def _sign_in(pattern: str, person: str) -> Body:
    email = f"{person if person != 'anonymous' else 'stranger'}@people.example"
    return {
        "/account/login/": {"login": email, "password": PASSWORD},
        "/account/signup/": {"email": "newcomer@people.example", "password1": NEW_PASSWORD},
        "/account/password/reset/": {"email": email},
        "/account/password/change/": {
            "oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD,
        },
        "/account/reauthenticate/": {"password": PASSWORD},
        "/account/email/": {"action_add": "", "email": "another@people.example"},
        "/_allauth/app/v1/auth/login": {"email": email, "password": PASSWORD},
        "/_allauth/app/v1/auth/signup": {"email": "newcomer@people.example", "password": NEW_PASSWORD},
        "/_allauth/app/v1/auth/password/request": {"email": email},
        "/_allauth/app/v1/auth/reauthenticate": {"password": PASSWORD},
        "/_allauth/app/v1/account/password/change": {"current_password": PASSWORD, "new_password": NEW_PASSWORD},
        "/_allauth/app/v1/account/email": {"email": "another@people.example"},
    }.get(pattern, {})  # fmt: skip


def _own_life(pattern: str, world: World) -> Body:
    person, today = world.cast.stranger, world.event.starts_at.date()
    yesterday = world.event.starts_at - timedelta(days=3)
    log: Body = {"exercise_type": "walking", "minutes": 12, "intensity": "light", "uuid": NEW_UUID}
    follow: Body = {"starts_on": str(today), "when_text": "I am home", "then_text": "I walk"}
    settings: Body = {
        "display_name": "Somebody", "language": "en", "time_zone": "Europe/Berlin", "first_weekday": 0,
        "quiet_from": "21:00", "quiet_until": "08:00", "weekly_target_minutes": person.weekly_target_minutes,
        "weekly_message_budget": person.weekly_message_budget,
    }  # fmt: skip
    return {
        "/me/settings/": settings,
        "/me/welcome/<step>/": {"language": "en"},
        "/me/numbers/": {"hide": "1"},
        "/me/language/": {"language": "en"},
        "/library/mine/<kind>/<slug>/": {"sense": "bookmark", "is_on": "1"},
        "/library/get-help/region/": {"region": "uk"},
        "/plans/<slug>/follow/": {**follow, "cues": ["1"], "at_time": "18:30"},
        "/plans/begin/": {"session": world.log.session_id},
        "/plans/log/": log,
        "/plans/logs/<uuid>/": log,
        "/plans/logs/<uuid>/delete/": {"sure": "yes"},
        "/api/v1/me/": {"display_name": "Somebody"},
        "/api/v1/me/welcome/": {"language": "en", "time_zone": "Europe/Berlin", "display_name": "Somebody"},
        "/plans/import/": {"file": SimpleUploadedFile("track.gpx", gpx(segment(start=yesterday)))},
        "/api/v1/imports/": {"file": SimpleUploadedFile("track.gpx", gpx(segment(start=yesterday)))},
        "/api/v1/enrollments/": {
            **follow, "template": world.template.slug, "cues": [{"weekday": 1, "at_time": "18:30"}],
        },
        "/api/v1/enrollments/<uuid>/": {"then_text": "I dance"},
        "/api/v1/enrollments/<uuid>/days/<planned_on>/": {"moved_to": None},
        "/api/v1/pauses/": {"reason": "travel"},
        "/api/v1/readiness/": {"asks_first": False},
        "/api/v1/beginnings/": {"exercise_type": "walking", "guess": 3, "uuid": NEW_UUID},
        "/api/v1/logs/": log,
        "/api/v1/logs/<uuid>/": {"minutes": 12},
    }.get(pattern, {})  # fmt: skip


def _plans(pattern: str, world: World) -> Body:
    """What is sent to check-ins, to what is followed, and to plans of one's own."""
    today = world.event.starts_at.date()
    change: Body = {"rhythm": "times", "times_a_week": "2", "when_text": "I am home", "then_text": "I walk"}
    return {
        "/plans/check-ins/<scale>/": {"uuid": NEW_UUID, **{f"item_{number}": "1" for number in range(1, 9)}},
        "/plans/check-ins/result/<uuid>/delete/": {"sure": "yes"},
        "/api/v1/check-ins/": {"scale": "phq8", "answers": [1] * 8},
        "/plans/following/<uuid>/stop/": {"sure": "yes"},
        "/plans/following/<uuid>/change/": change,
        "/plans/following/<uuid>/not-today/": {"act": "rest"},
        "/plans/following/<uuid>/pause/": {"reason": "travel"},
        "/plans/pause/": {"reason": "travel"},
        "/plans/following/<uuid>/days/<day>/": {"moved_to": str(today + timedelta(days=1))},
        "/plans/following/<uuid>/days/<day>/undo/": {"back": "week"},
        "/api/v1/enrollments/<uuid>/days/<day>/": {"moved_to": str(today + timedelta(days=1))},
        "/plans/following/<uuid>/turn/": {"way": "again"},
        "/api/v1/enrollments/<uuid>/turn/": {"way": "again"},
        **_own_plans(world),
        **_uploads(world),
    }.get(pattern, {})


def _uploads(world: World) -> dict[str, Body]:
    """What a phone sends that was offline, or has a health store."""
    started, ended = world.event.starts_at - timedelta(days=3), world.event.starts_at - timedelta(days=3, minutes=-20)
    times = {"started_at": started.isoformat(), "ended_at": ended.isoformat()}
    workout = {"source": "apple_health", "external_id": "5F0B", "type": "HKWorkoutActivityTypeWalking", **times}
    log = {"exercise_type": "walking", "minutes": 12, "intensity": "light", "uuid": NEW_UUID}
    part = {"id": NEW_UUID, "method": "POST", "path": "/api/v1/logs/", "body": log}
    return {"/api/v1/imports/workouts/": {"items": [workout]}, "/api/v1/batch/": {"items": [part]}}


def _own_plans(world: World) -> dict[str, Body]:
    step = {"exercise_type": "walking", "minutes": 12, "intensity": "light", "floor": "To the gate.", "title": "Mill"}
    facts: Body = {"title": "Mill path", "goal": "", "growth": "walking_or_cycling"}
    document: Body = {**facts, "schedule": [{"sessions": [{**step, "reasons": [world.mechanism.slug]}]}]}
    ladder: Body = {
        "exercise_type": "walking",
        "unit": "km",
        "growth": "walking_or_cycling",
        "start": 1,
        "goal": 3,
        "times": 2,
    }
    week: Body = {"steps-TOTAL_FORMS": 1, "steps-INITIAL_FORMS": 0}
    return {
        "/plans/own/new/": facts,
        "/plans/own/<slug>/": facts,
        "/plans/own/ladder/": ladder,
        "/plans/own/<slug>/weeks/<number>/": week | {f"steps-0-{name}": value for name, value in step.items()},
        "/api/v1/own-plans/": document,
        "/api/v1/own-plans/<slug>/": document,
        "/api/v1/own-plans/copy/": {"template": world.template.slug},
        "/api/v1/own-plans/followed/": {"enrollment": str(world.enrollment.uuid)},
        "/api/v1/own-plans/ladder/": ladder,
    }


def _groups(pattern: str, world: World) -> Body:
    event: Body = {
        "title": "Along the canal", "on": str((world.event.starts_at + timedelta(days=1)).date()), "at": "10:00",
        "minutes": 60, "time_zone": "Europe/Berlin", "place": "The lock", "setting": "water", "effort": "easy",
    }  # fmt: skip
    group: Body = {
        "name": "Evening Ferns", "kind": "walking", "place": "Berlin", "time_zone": "Europe/Berlin",
        "effort": "easy", "visibility": "public", "join_policy": "request",
    }  # fmt: skip
    return {
        "/groups/new/": group,
        "/groups/<slug>/plans/share/": {"template": world.template.slug},
        "/api/v1/groups/<group>/plans/": {"template": world.template.slug},
        "/groups/<slug>/events/new/": event,
        "/groups/<slug>/events/<uuid>/edit/": event,
        "/groups/<slug>/events/<uuid>/rsvp/": {"answer": "going"},
        "/api/v1/events/<uuid>/rsvp/": {"answer": "going"},
    }.get(pattern, {})
