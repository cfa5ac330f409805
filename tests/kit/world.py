"""A small community with one of everything, for tests that walk over every route and every page."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from accounts.models import User
from groups.models import Event, Group, Membership, Role, Rsvp
from library.models import Citation, Domain, ExerciseType, HelpLine, HelpRegion, Mechanism, Need
from library.models.mechanisms import Claim, Publication, Relation
from notifications.models import Delivery, Notification
from plans.models import Cue, Enrollment, MoodRating, PlanTemplate, Session, SessionLog, Week
from tests.kit.cast import Cast, make_cast, make_group

BOTH = ("", "_en", "_zh_hans")


def texts(**values: tuple[str, str]) -> dict[str, str]:
    """Return modeltranslation columns for `field=(English, Chinese)`."""
    return {f"{name}{suffix}": text for name, (en, zh) in values.items() for suffix, text in _both(en, zh)}


def _both(en: str, zh: str) -> list[tuple[str, str]]:
    return [("_en", en), ("_zh_hans", zh)]


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
    library = _make_library()
    plan = _make_plan(library["mechanism"], library["exercise_type"], library["citation"], library["need"])
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


def _make_library() -> dict[str, object]:
    citation = Citation.objects.create(
        key="walkers2024",
        tier="core",
        authors="Walker A, Stroll B",
        year=2024,
        title="Walking and sleep",
        journal="Journal of Walks",
        kind="RCT",
        people_count=120,
        is_verified=True,
        numbers_verified=True,
        doi="10.1000/walk",
        doi_is_verified=True,
        **texts(finding=("They slept longer.", "他们睡得更久。")),
    )
    domain = Domain.objects.create(
        slug="physiological",
        order=1,
        starts="minutes",
        settles="weeks",
        grade="moderate",
        **texts(name=("Body regulation", "生理调节"), summary=("The body settles.", "身体慢慢安定。")),
    )
    mechanism = _make_mechanism(domain, "sleep", ("Sleep", "睡眠"), citation, status=Publication.PUBLISHED)
    other = _make_mechanism(domain, "nature", ("Nature", "自然"), citation, status=Publication.PUBLISHED)
    draft = _make_mechanism(domain, "unfinished", ("Unfinished", "未完成"), citation, status=Publication.DRAFT)
    Relation.objects.create(
        mechanism=mechanism, target=other, kind="reinforces", order=1, **texts(why=("Rest helps.", "休息有帮助。"))
    )
    exercise_type = ExerciseType.objects.create(
        slug="walking",
        order=1,
        is_entry_level=True,
        **texts(
            name=("Walking", "步行"),
            one_line=("Any pace.", "快慢随意。"),
            headline=("It helps.", "有帮助。"),
            examples=("strolling", "散步"),
        ),
    )
    need = Need.objects.create(
        slug="poor-sleep",
        order=1,
        **texts(
            name=("Poor sleep", "睡不好"),
            first_person=("I lie awake.", "我躺着睡不着。"),
            action_title=("Ten minutes of daylight", "晒十分钟太阳"),
            first_ten_minutes=("Walk outside for ten minutes.", "出门走十分钟。"),
        ),
    )
    need.type_links.create(exercise_type=exercise_type, order=1, **texts(why=("It is easy.", "很容易。")))
    need.mechanism_links.create(mechanism=mechanism, order=1, **texts(why=("It builds sleep.", "它攒下睡意。")))
    region = HelpRegion.objects.create(
        code="uk", order=1, emergency_numbers="999", **texts(name=("United Kingdom", "英国"))
    )
    HelpLine.objects.create(region=region, order=1, phone="116 123", **texts(name=("Samaritans", "撒玛利亚会")))
    return {"mechanism": mechanism, "draft": draft, "citation": citation, "need": need, "exercise_type": exercise_type}


def _make_mechanism(domain: Domain, slug: str, name: tuple[str, str], citation: Citation, *, status: str) -> Mechanism:
    mechanism = Mechanism.objects.create(
        domain=domain,
        slug=slug,
        order=Mechanism.objects.count() + 1,
        horizon="weeks",
        grade="moderate",
        grade_of_change="moderate",
        grade_of_benefit="limited",
        status=status,
        reviewed_on=date(2026, 1, 1),
        review_due_on=date(2036, 1, 1),
        **texts(
            name=name,
            one_line=("It tends to help.", "往往有帮助。"),
            grade_reason=("Some trials.", "有一些试验。"),
            try_it=("Walk at dusk.", "傍晚走走。"),
        ),
    )
    mechanism.citations.add(citation)
    claim = Claim.objects.create(
        mechanism=mechanism, order=1, basis="human", **texts(text=("It was seen.", "有人见过。"))
    )
    claim.citations.add(citation)
    return mechanism


def _make_plan(mechanism: Mechanism, exercise_type: ExerciseType, citation: Citation, need: Need) -> PlanTemplate:
    template = PlanTemplate.objects.create(
        slug="ten-minute-walk",
        order=1,
        weeks=1,
        sessions_min=2,
        sessions_max=2,
        is_published=True,
        **texts(
            title=("Ten-minute walk", "十分钟散步"),
            goal=("Walk a little.", "走一走。"),
            audience=("Anyone.", "任何人。"),
            progression_rule=("Go on when easy.", "轻松就继续。"),
            gap_rule=("Start small again.", "从小处再来。"),
            evidence_note=("Not itself tested.", "未经试验。"),
        ),
    )
    template.citations.add(citation)
    template.needs.add(need)
    week = Week.objects.create(template=template, number=1, **texts(focus=("Start", "开始")))
    for number in (1, 2):
        session = Session.objects.create(
            week=week,
            number=number,
            exercise_type=exercise_type,
            minutes=10,
            intensity="light",
            floor_minutes=2,
            **texts(
                title=("Out and back", "出去再回来"),
                instruction=("Five out, five back.", "去五分钟，回五分钟。"),
                floor=("To the corner and back.", "走到街角再回来。"),
            ),
        )
        session.mechanisms.add(mechanism)
    return template


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
