"""A little of the library and one plan, in both languages, for the world of the tests."""

from datetime import date

from library.models import (
    Caveat,
    Citation,
    Claim,
    ComparisonNote,
    Domain,
    Emphasis,
    ExerciseType,
    HelpLine,
    HelpRegion,
    Mechanism,
    MetValue,
    Need,
    Phase,
    Publication,
    RedFlag,
    Relation,
    SafetyText,
    TypeCaution,
)
from plans.models import Contraindication, PlanTemplate, Session, Week

DRAFT_NAME = "Half a sketch"
WAITING = "Steps nobody has read yet"
EDITORS_RULE = "Never count days in a row."


def texts(**values: tuple[str, str]) -> dict[str, str]:
    """Return modeltranslation columns for `field=(English, Chinese)`."""
    return {f"{name}{suffix}": text for name, (en, zh) in values.items() for suffix, text in _both(en, zh)}


def _both(en: str, zh: str) -> list[tuple[str, str]]:
    return [("_en", en), ("_zh_hans", zh)]


def make_library() -> dict[str, object]:
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
    draft = _make_mechanism(domain, "unfinished", (DRAFT_NAME, "未完成的草稿"), citation, status=Publication.DRAFT)
    Relation.objects.create(
        mechanism=mechanism, target=other, kind="reinforces", order=1, **texts(why=("Rest helps.", "休息有帮助。"))
    )
    phase = Phase.objects.create(slug="first-weeks", order=1, **texts(span=("weeks", "数周"), text=("Rest.", "休息。")))
    phase.mechanisms.add(mechanism)
    return {"mechanism": mechanism, "draft": draft, "citation": citation, **_make_start(mechanism, citation)}


def make_waiting_source() -> Citation:
    """Create a source that a writer added and no editor has saved."""
    return Citation.objects.create(
        key="writer2026", tier="support", authors="Writer W", year=2026, title=WAITING, journal="Notes", kind="review",
        waits_for_editor=True, **texts(finding=("Something.", "某事。")),
    )  # fmt: skip


def _make_start(mechanism: Mechanism, citation: Citation) -> dict[str, object]:
    """Create what the way in needs: an exercise type, a need, words of safety and a help line."""
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
    emphasis = Emphasis.objects.create(exercise_type=exercise_type, mechanism=mechanism, weight=3, basis="evidence")
    note = ComparisonNote.objects.create(order=1, **texts(text=("No kind wins.", "没有哪种最好。")))
    MetValue.objects.create(exercise_type=exercise_type, order=1, code="17200", label="walking", met="3.5")
    TypeCaution.objects.create(exercise_type=exercise_type, order=1, **texts(text=("Mind the kerb.", "小心路沿。")))
    for row in (emphasis, note):
        row.citations.add(citation)
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
    _make_safety(need, citation)
    region = HelpRegion.objects.create(
        code="uk", order=1, emergency_numbers="999", **texts(name=("United Kingdom", "英国"))
    )
    HelpLine.objects.create(region=region, order=1, phone="116 123", **texts(name=("Samaritans", "撒玛利亚会")))
    return {"need": need, "exercise_type": exercise_type}


def _make_safety(need: Need, citation: Citation) -> None:
    RedFlag.objects.create(need=need, order=1, **texts(text=("No sleep for days.", "几天没睡。")))
    for number, group in enumerate(SafetyText.Group, start=1):
        safety = SafetyText.objects.create(
            group=group,
            key=f"key-{number}",
            order=number,
            placements=f",plans,mechanism-pages,{need.slug},",
            **texts(text=(EDITORS_RULE if group == SafetyText.Group.EDITORS else f"Words on {group}.", "说明。")),
        )
        safety.citations.add(citation)


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
    Caveat.objects.create(mechanism=mechanism, order=1, **texts(text=("Not everybody.", "不是每个人。")))
    return mechanism


def make_plan(
    mechanism: Mechanism,
    exercise_type: ExerciseType,
    citation: Citation,
    need: Need,
    *,
    slug: str = "ten-minute-walk",
    title: str = "Ten-minute walk",
    is_published: bool = True,
) -> PlanTemplate:
    template = PlanTemplate.objects.create(
        slug=slug,
        order=1,
        weeks=1,
        sessions_min=2,
        sessions_max=2,
        is_published=is_published,
        **texts(
            title=(title, "十分钟散步"),
            goal=("Walk a little.", "走一走。"),
            audience=("Anyone.", "任何人。"),
            progression_rule=("Go on when easy.", "轻松就继续。"),
            gap_rule=("Start small again.", "从小处再来。"),
            evidence_note=("Not itself tested.", "未经试验。"),
        ),
    )
    template.citations.add(citation)
    template.needs.add(need)
    Contraindication.objects.create(template=template, order=1, **texts(text=("A fresh sprain.", "刚刚扭伤。")))
    _make_week(template, mechanism, exercise_type)
    return template


def _make_week(template: PlanTemplate, mechanism: Mechanism, exercise_type: ExerciseType) -> None:
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
