"""A small community with one of everything, for tests that walk over every route and every page."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from accounts.models import User
from groups.models import Event, Group, Membership, Role, Rsvp
from library.models import Citation, Mechanism, Need
from notifications.models import Delivery, Notification
from plans.models import Cue, Enrollment, MoodRating, PlanTemplate, Session, SessionLog
from tests.kit.cast import Cast, make_cast, make_group
from tests.kit.world_content import make_library, make_plan


@dataclass(frozen=True)
class World:
    """Objects under known addresses. What is personal belongs to `cast.member`."""

    cast: Cast
    private_group: Group
    event: Event
    private_event: Event
    mechanism: Mechanism
    draft: Mechanism
    citation: Citation
    need: Need
    template: PlanTemplate
    enrollment: Enrollment
    log: SessionLog
    delivery: Delivery

    def speak(self, person: User, language: str) -> None:
        """Make `language` the person's own."""
        User.objects.filter(pk=person.pk).update(language=language)

    def pages(self, who: str) -> list[str]:
        """Return the pages of a visitor, or of a member who hosts (`who` is "visitor" or "member")."""
        group, event = f"/groups/{self.cast.group.slug}/", f"events/{self.event.uuid}/"
        public = [
            "/", "/library/", f"/library/mechanisms/{self.mechanism.slug}/", "/library/sources/", "/library/exercise/",
            "/library/start/", f"/library/start/{self.need.slug}/", "/library/get-help/", "/library/safety/",
            "/library/offline/", "/library/get-help/?region=uk",
            "/plans/", f"/plans/{self.template.slug}/", "/groups/", group, f"{group}{event}",
        ]  # fmt: skip
        if who == "visitor":
            return [*public, "/account/login/", "/account/signup/", "/account/password/reset/", "/groups/no-such/"]
        return [
            *public, "/library/mine/",
            f"/plans/{self.template.slug}/follow/", "/plans/mine/", "/plans/log/", "/plans/logs/",
            "/messages/", "/me/settings/", "/me/welcome/place/", "/groups/new/", f"{group}events/new/",
            f"{group}{event}edit/", "/account/email/", "/account/password/change/",
            "/account/sessions/",
        ]  # fmt: skip

    def addresses(self) -> dict[str, str]:
        """Return what fills each kind of address, by the name of its object."""
        return {
            "group": self.cast.group.slug,
            "private_group": self.private_group.slug,
            "event": str(self.event.uuid),
            "private_event": str(self.private_event.uuid),
            "mechanism": self.mechanism.slug,
            "draft": self.draft.slug,
            "citation": self.citation.key,
            "need": self.need.slug,
            "template": self.template.slug,
            "enrollment": str(self.enrollment.uuid),
            "log": str(self.log.uuid),
        }


def make_world(now: datetime) -> World:
    """Create the community; events lie two days after `now`."""
    cast = make_cast()
    library = make_library()
    plan = make_plan(library["mechanism"], library["exercise_type"], library["citation"], library["need"])
    private_group = make_group(
        slug="quiet-hikers", name="Quiet Hikers", visibility=Group.Visibility.PRIVATE, kind=Group.Kind.HIKING
    )
    for name, role in [("owner", Role.OWNER), ("host", Role.HOST), ("member", Role.MEMBER)]:
        Membership.objects.create(group=private_group, person=cast.people[name], role=role)
    Membership.objects.create(group=private_group, person=cast.banned, banned_at=now)
    event = make_event(cast.group, now, capacity=2, greeter=cast.host)
    _answer(event, [cast.owner, cast.member], waiting=[cast.host])
    return World(
        cast=cast,
        private_group=private_group,
        event=event,
        private_event=make_event(private_group, now, title="Hidden ridge"),
        mechanism=library["mechanism"],
        draft=library["draft"],
        citation=library["citation"],
        need=library["need"],
        template=plan,
        **_make_own_rows(cast.member, plan, now),
    )


def make_event(group: Group, now: datetime, **fields: object) -> Event:
    """Create an event of an hour, two days after `now`."""
    starts_at = now + timedelta(days=2)
    defaults: dict[str, object] = {
        "title": "Easy river loop",
        "starts_at": starts_at,
        "ends_at": starts_at + timedelta(hours=1),
        "time_zone": group.time_zone,
        "place": "By the rose garden",
        "setting": Event.Setting.PARK,
        "effort": Group.Effort.EASY,
        "where_to_stand": "At the bench under the lime tree.",
        "how_it_goes": "We walk first, then jog as slowly as anybody likes.",
        "leaving_early": "You can leave at any point.",
    }
    return Event.objects.create(group=group, **{**defaults, **fields})


def _answer(event: Event, going: list[User], *, waiting: list[User]) -> None:
    for person in going:
        Rsvp.objects.create(event=event, person=person, status=Rsvp.Status.GOING)
    for place, person in enumerate(waiting, start=1):
        Rsvp.objects.create(event=event, person=person, status=Rsvp.Status.WAITLISTED, place=place)
    Event.objects.filter(pk=event.pk).update(going_count=len(going), next_place=len(waiting) + 1)


def _make_own_rows(person: User, template: PlanTemplate, now: datetime) -> dict[str, object]:
    enrollment = Enrollment.objects.create(
        person=person,
        template=template,
        starts_on=now.date(),
        when_text="I have had breakfast",
        then_text="I walk ten minutes",
        obstacle_text="it rains",
        instead_text="I walk the stairs",
    )
    Cue.objects.create(enrollment=enrollment, weekday=1, at_time=time(18, 30))
    session = Session.objects.get(week__template=template, number=1)
    log = SessionLog.objects.create(
        person=person,
        enrollment=enrollment,
        session=session,
        exercise_type=session.exercise_type,
        minutes=10,
        intensity="light",
        done_at=now,
        local_on=now.date(),
    )
    MoodRating.objects.create(log=log, moment="before", value=3, rated_at=now)
    notification = Notification.objects.create(
        person=person, kind="session_cue", about_id=str(enrollment.uuid), dedupe_key="session_cue:test", due_at=now
    )
    delivery = Delivery.objects.create(notification=notification, channel=Delivery.Channel.EMAIL)
    return {"enrollment": enrollment, "log": log, "delivery": delivery}
