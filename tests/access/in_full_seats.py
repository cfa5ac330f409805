"""What is said in full of seats: taken and given back where others wait, by who is in the group or comes in by it."""

from datetime import datetime, timedelta
from uuid import UUID

from core import clock
from groups.models import Event, JoinRequest, Membership, Rsvp
from groups.services.answer_links import make_link
from tests.access.bodies import NEW_UUID
from tests.access.said import Said
from tests.groups.kit import make_event
from tests.kit.cast import Cast
from tests.kit.world import World


def sayings(world: World, now: datetime) -> list[Said]:
    """Seats taken and given back where others wait, and who greets is told of those who come for the first time."""
    cast = world.cast
    crowded, hurried = _crowd(cast)
    full, soon = (f"/api/v1/events/{event.uuid}/" for event in (crowded, hurried))
    greeted = f"/api/v1/events/{make_event(cast.group, now, greeter=cast.host).uuid}/rsvp/"
    newcomer = {"answer": "going", "is_first_time": True, "joins": True}
    put_down = {"person": str(cast.member.uuid), "guests": 1}
    return [
        Said("joins, is greeted", "PUT", greeted, newcomer, "stranger"),
        Said("comes back, is greeted", "PUT", greeted, newcomer, "staff"),
        Said("had asked, is greeted", "PUT", greeted, newcomer, "editor"),
        Said("leaves two seats", "PUT", f"{full}rsvp/", {"answer": "maybe"}, "owner"),
        Said("brings nobody", "PUT", f"{full}rsvp/", {"answer": "going", "guests": 0}, "owner"),
        Said("brings nobody, takes part", "PUT", f"{full}rsvp/", {"answer": "going", "guests": 0}, "superuser"),
        Said("passes who waits for more", "PUT", f"{soon}rsvp/", {"answer": "going", "is_first_time": True}),
        Said("leaves two seats", "DELETE", f"{full}rsvp/", {}, "owner"),
        Said("passes who waits for more", "POST", f"{soon}answers/", put_down, "owner"),
        Said("is waited for", "POST", f"{full}cancel/", {}, "owner"),
    ]


def _crowd(cast: Cast) -> tuple[Event, Event]:
    """Make a full meeting for which newcomers wait, and one that begins so soon that no seat is kept any more.

    Somebody who was in the group comes back, with a link of then; somebody else asked to join while one had to.
    """
    now = clock.now()
    known = {"guests_allowed": 3, "next_place": 3, "greeter": cast.host}
    full = make_event(cast.group, now, capacity=6, going_count=6, **known)
    soon = make_event(cast.group, now - timedelta(hours=36), capacity=5, going_count=2, **known)
    for event, waiting in ((full, (0, 2)), (soon, (3, 0))):
        Rsvp.objects.create(event=event, person=cast.owner, status="going", guests=1)
        for place, (person, guests) in enumerate(zip((cast.blocked, cast.host), waiting, strict=True), start=1):
            said = {"status": "waitlisted", "place": place, "guests": guests, "is_first_time": True}
            Rsvp.objects.create(event=event, person=person, **said)
    for person in (cast.member, cast.superuser):
        Rsvp.objects.create(event=full, person=person, status="going", guests=1, is_quiet=True)
    Membership.objects.create(group=cast.group, person=cast.superuser, is_looking=True)
    Membership.objects.create(group=cast.group, person=cast.staff, left_at=now)
    make_link(event=full, person=cast.staff, message=UUID(NEW_UUID), now=now)
    JoinRequest.objects.create(group=cast.group, person=cast.editor, expires_at=now + timedelta(days=3))
    return full, soon
