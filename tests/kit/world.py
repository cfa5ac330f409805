"""A small community with one of everything, for tests that walk over every route and every page."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain

from accounts.models import User
from core import clock
from groups.models import Event, Group, Membership, PlanShare, Role, Rsvp
from library.models import Citation, Mechanism, Need
from notifications.models import Delivery, Notification, Preference
from notifications.tokens import hash_of
from plans.models import (
    Beginning,
    CheckIn,
    Cue,
    DayChange,
    Enrollment,
    MoodRating,
    Pause,
    PlanTemplate,
    Readiness,
    Reflection,
    Session,
    SessionLog,
    Turn,
)
from tests.kit.cast import Cast, make_cast, make_group, make_person
from tests.kit.parts import Secret, Seed, gathered
from tests.kit.told import only_by
from tests.kit.world_content import DRAFT_NAME, EDITORS_RULE, WAITING, make_library, make_plan, make_waiting_source
from tests.kit.world_own import OWN_TITLE, SHARED_TITLE, make_own_plans

NOTE = "The heron stood still"
STOP_TOKEN = "a-token-from-a-mail"
OLD_KIND = "a-kind-of-old"
UNLISTED, SHY, QUIET = "Off the lists", "Zebulon", "Quentin"
SITE, EVENT_PAGE = r"^/(?!admin/)", r"^/groups/.*/events/[^/]+/$"  # staff look after groups in the admin
BUT_ONES_OWN_BLOCKS = r"^/(?!admin/|me/blocks/|api/v1/blocks/)"
NOT_AT_ITS_ADDRESS = r"^/(?!admin/|groups/off-the-lists/|api/v1/(groups|events)/.)"


@dataclass(frozen=True)
class World:
    """Objects under known addresses. What is personal belongs to `cast.member`."""

    cast: Cast
    private_group: Group
    unlisted_event: Event
    event: Event
    private_event: Event
    mechanism: Mechanism
    draft: Mechanism
    citation: Citation
    waiting_citation: Citation
    need: Need
    template: PlanTemplate
    hidden_template: PlanTemplate
    enrollment: Enrollment
    log: SessionLog
    pause: Pause
    check_in: CheckIn
    beginning: Beginning
    own_plan: PlanTemplate
    shared_plan: PlanTemplate
    share: PlanShare
    private_share: PlanShare
    delivery: Delivery
    parts: dict[str, str]

    def speak(self, person: User, language: str) -> None:
        """Make `language` the person's own."""
        User.objects.filter(pk=person.pk).update(language=language)

    def pages(self, who: str) -> list[str]:
        """Return the pages of a visitor, or of a member who hosts (`who` is "visitor" or "member")."""
        group, event = f"/groups/{self.cast.group.slug}/", f"events/{self.event.uuid}/"
        public = [
            "/", "/library/", "/library/map/", f"/library/mechanisms/{self.mechanism.slug}/", "/library/sources/",
            "/library/search/?q=sleep", "/library/search/?q=suicide",
            "/library/exercise/", "/library/exercise/walking/",
            "/library/dose/", "/library/dose/?moderate=400&vigorous=20&age=40&strength=1", "/library/dose/?moderate=x",
            "/library/start/", f"/library/start/{self.need.slug}/",
            f"/library/start/{self.need.slug}/?company=together",
            "/library/get-help/", "/library/get-help/?region=uk", "/library/offline/", "/library/safety/",
            "/plans/", f"/plans/{self.template.slug}/", "/groups/", group, f"{group}{event}",
        ]  # fmt: skip
        if who == "visitor":
            closed = ["/account/login/", "/account/signup/", "/account/password/reset/", "/groups/no-such/"]
            return [*public, *closed, *chain(*gathered("pages", self.addresses(), who))]
        return [
            *public, "/library/mine/",
            f"/plans/{self.template.slug}/follow/", "/plans/mine/", "/plans/pause/",
            "/plans/log/", "/plans/logs/", "/plans/import/", "/plans/check-ins/", "/plans/check-ins/who5/",
            "/plans/numbers/", "/plans/mechanisms/", "/plans/own/", "/plans/own/new/", "/plans/own/ladder/",
            f"{group}plans/share/",
            "/plans/weeks/", "/plans/calendar/", f"/plans/calendar/week/{self.event.starts_at.date()}/",
            "/messages/", "/me/settings/", "/me/welcome/place/", "/groups/new/", f"{group}events/new/",
            f"{group}{event}edit/", "/account/email/", "/account/password/change/",
            "/account/sessions/", *chain(*gathered("pages", self.addresses(), who)),
        ]  # fmt: skip

    def own_pages(self) -> list[str]:
        """Return the pages about what is `cast.member`'s alone."""
        followed, own = f"/plans/following/{self.enrollment.uuid}/", f"/plans/own/{self.own_plan.slug}/"
        return [
            "/", "/plans/mine/", "/plans/logs/", "/plans/numbers/", f"/plans/logs/{self.log.uuid}/",
            *(f"{followed}{act}/" for act in ("change", "not-today", "pause", "stop")),
            f"{followed}days/{self.event.starts_at.date()}/", f"/plans/check-ins/result/{self.check_in.uuid}/",
            f"/plans/{self.own_plan.slug}/", own, f"{own}weeks/1/", f"{own}remove/",
            *chain(*gathered("own_pages", self.addresses())),
        ]  # fmt: skip

    def secrets(self) -> list[Secret]:
        """Return words that stand in what is hidden, and who of the cast may read them."""
        inside = frozenset({"owner", "host", "member"})
        return [
            Secret(self.private_group.name, inside, SITE),
            Secret(self.private_event.title, inside, SITE),
            Secret(UNLISTED, frozenset({"owner"}), NOT_AT_ITS_ADDRESS),
            Secret(SHY, frozenset({"owner", "host", "blocked"}), BUT_ONES_OWN_BLOCKS),
            Secret(QUIET, frozenset({"owner", "host"}), EVENT_PAGE),
            Secret(DRAFT_NAME, frozenset({"editor", "superuser"})),
            Secret(WAITING, frozenset({"editor", "superuser"})),
            Secret(EDITORS_RULE, frozenset({"editor", "superuser"})),
            Secret(EDITORS_RULE, frozenset(), SITE),
            Secret(self.hidden_template.title, frozenset({"superuser"})),
            Secret('value="seat_promoted:email">', frozenset({"member"}), r"^/messages/settings/$"),  # unticked
            Secret(f"/library/start/{self.need.slug}/", frozenset({"member"}), r"^/library/mine/$"),  # a bookmark
            Secret(NOTE, frozenset({"member"})),
            Secret(OWN_TITLE, frozenset({"member"})),
            Secret(SHARED_TITLE, inside),
            Secret(str(self.check_in.uuid), frozenset({"member"})),
            Secret(self.enrollment.when_text, frozenset({"member"})),
            *chain(*gathered("secrets", self.addresses())),
        ]

    def addresses(self) -> dict[str, str]:
        """Return what fills each kind of address, by the name of its object."""
        return {
            "group": self.cast.group.slug,
            "group_uuid": str(self.cast.group.uuid),
            "private_group": self.private_group.slug,
            "private_group_uuid": str(self.private_group.uuid),
            "unlisted_group": self.unlisted_event.group.slug,
            "event": str(self.event.uuid),
            "unlisted_event": str(self.unlisted_event.uuid),
            "private_event": str(self.private_event.uuid),
            "mechanism": self.mechanism.slug,
            "exercise_type": "walking",
            "draft": self.draft.slug,
            "citation": self.citation.key,
            "waiting_citation": self.waiting_citation.key,
            "need": self.need.slug,
            "template": self.template.slug,
            "hidden_template": self.hidden_template.slug,
            "enrollment": str(self.enrollment.uuid),
            "log": str(self.log.uuid),
            "pause": str(self.pause.uuid),
            "check_in": str(self.check_in.uuid),
            "beginning": str(self.beginning.uuid),
            "own_plan": self.own_plan.slug,
            "shared_plan": self.shared_plan.slug,
            "share": str(self.share.uuid),
            "private_share": str(self.private_share.uuid),
            **self.parts,
        }


def make_world(now: datetime) -> World:
    """Create the community; events lie two days after `now`."""
    cast = make_cast()
    library = make_library()
    parts = [library[name] for name in ("mechanism", "exercise_type", "citation", "need")]
    plan = make_plan(*parts)
    private_group, unlisted_group = _make_hidden_groups(cast, now)
    event = make_event(cast.group, now, capacity=3, greeter=cast.host)
    quiet = make_person(QUIET)
    Membership.objects.create(group=cast.group, person=quiet)
    _answer(event, [cast.owner, cast.member, quiet], waiting=[cast.host], quietly=quiet)
    private_event = make_event(private_group, now, title="Hidden ridge")
    seed = Seed(cast, private_group, event, private_event, now)
    return World(
        cast=cast,
        private_group=private_group,
        unlisted_event=make_event(unlisted_group, now, title="Past the mill"),
        event=event,
        private_event=private_event,
        mechanism=library["mechanism"],
        draft=library["draft"],
        citation=library["citation"],
        waiting_citation=make_waiting_source(),
        need=library["need"],
        template=plan,
        hidden_template=make_plan(*parts, slug="in-the-drawer", title="Out of the drawer", is_published=False),
        **_make_own_rows(cast.member, plan, now),
        parts=dict(chain(*(made.items() for made in gathered("make", seed)))),
        **make_own_plans(cast.member, [cast.group, private_group], library["mechanism"], now),
    )


def _make_hidden_groups(cast: Cast, now: datetime) -> tuple[Group, Group]:
    """Create a private group and an unlisted one, joined by invitation; give a member of the public one a rare name."""
    User.objects.filter(pk=cast.blocked.pk).update(display_name=SHY)
    unlisted = make_group(
        slug="off-the-lists",
        name=UNLISTED,
        visibility=Group.Visibility.UNLISTED,
        join_policy=Group.JoinPolicy.INVITATION,
    )
    Membership.objects.create(group=unlisted, person=cast.owner, role=Role.OWNER)
    private = make_group(
        slug="quiet-hikers", name="Quiet Hikers", visibility=Group.Visibility.PRIVATE, kind=Group.Kind.HIKING
    )
    for name, role in [("owner", Role.OWNER), ("host", Role.HOST), ("member", Role.MEMBER)]:
        Membership.objects.create(group=private, person=cast.people[name], role=role)
    Membership.objects.create(group=private, person=cast.banned, banned_at=now)
    return private, unlisted


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


def _answer(event: Event, going: list[User], *, waiting: list[User], quietly: User) -> None:
    for person in going:
        Rsvp.objects.create(event=event, person=person, status=Rsvp.Status.GOING, is_quiet=person == quietly)
    for place, person in enumerate(waiting, start=1):
        Rsvp.objects.create(event=event, person=person, status=Rsvp.Status.WAITLISTED, place=place)
    Event.objects.filter(pk=event.pk).update(going_count=len(going), next_place=len(waiting) + 1)


def _make_own_rows(person: User, template: PlanTemplate, now: datetime) -> dict[str, object]:
    enrollment = Enrollment.objects.create(
        person=person,
        template=template,
        starts_on=clock.local_day(now, person.time_zone),
        when_text="the kettle has boiled",
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
        local_on=clock.local_day(now, person.time_zone),
    )
    MoodRating.objects.create(log=log, moment="before", value=3, rated_at=now)
    Reflection.objects.create(log=log, note=NOTE)
    taken_on = now.date() - timedelta(days=30)  # long enough ago that it is open again
    check_in = CheckIn.objects.create(person=person, scale="phq8", score=17, taken_on=taken_on)
    beginning = Beginning.objects.create(person=person, exercise_type=session.exercise_type, started_at=now, guess=3)
    notification = Notification.objects.create(
        person=person, kind="session_cue", about_id=str(enrollment.uuid), dedupe_key="session_cue:test", due_at=now
    )
    delivery = only_by(notification, Delivery.Channel.EMAIL, unsubscribe_hash=hash_of(STOP_TOKEN))
    _make_old_messages(person, now)
    long_over = now.date() - timedelta(days=30)
    pause = Pause.objects.create(person=person, reason="travel", starts_on=long_over, ends_on=long_over)
    _make_what_changed(person, enrollment, now)
    made = {"pause": pause, "check_in": check_in, "beginning": beginning, "delivery": delivery}
    return {"enrollment": enrollment, "log": log, **made}


def _make_what_changed(person: User, enrollment: Enrollment, now: datetime) -> None:
    """Answer the question before a vigorous plan; change a day and the pace, long ago."""
    long_over = now.date() - timedelta(days=30)
    Readiness.objects.create(person=person, asks_first=True, answered_at=now)
    DayChange.objects.create(enrollment=enrollment, planned_on=long_over, moved_to=long_over + timedelta(days=1))
    Turn.objects.create(enrollment=enrollment, way="again", taken_at=now - timedelta(days=30), local_on=long_over)


def _make_old_messages(person: User, now: datetime) -> None:
    """Send one of a kind that is no more, and untick another."""
    old = Notification.objects.create(person=person, kind=OLD_KIND, about_id="1", dedupe_key="old:test", due_at=now)
    only_by(old, Delivery.Channel.EMAIL)
    Preference.objects.create(person=person, kind="seat_promoted", channel=Delivery.Channel.EMAIL, is_wanted=False)
