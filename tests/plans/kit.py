"""What tests about plans start from."""

from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from accounts.models import User
from library.models import Citation, Domain, ExerciseType, Mechanism, Need
from plans.models import Contraindication, Enrollment, PlanTemplate, Session, Week

CONTENT = Path(__file__).parents[2] / "plans" / "content"


def both(name: str, english: str, chinese: str = "") -> dict[str, str]:
    return {f"{name}_en": english, f"{name}_zh_hans": chinese or f"中文：{english}"}


def content_files() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CONTENT.glob("*.yaml"))]


def make_mechanism(slug: str, **fields: Any) -> Mechanism:
    domain, _ = Domain.objects.get_or_create(
        slug="mind-behaviour",
        defaults={"order": 1, "starts": "minutes", "settles": "weeks", "grade": "moderate", **both("name", "Mind")},
    )
    ready = {"horizon": "weeks", "grade": "moderate", "grade_of_change": "moderate", "grade_of_benefit": "moderate"}
    dates = {"status": "published", "reviewed_on": date(2026, 1, 1), "review_due_on": date(2027, 1, 1)}
    values = {"domain": domain, "order": 1, **ready, **dates, **both("name", slug.replace("-", " ").title()), **fields}
    if not Mechanism.objects.filter(slug=slug).exists():
        Mechanism.objects.bulk_create([Mechanism(slug=slug, **values)])  # no history is needed here
    return Mechanism.objects.get(slug=slug)


def make_type(slug: str, order: int = 1) -> ExerciseType:
    values = {"order": order, **both("name", slug.replace("-", " ").title())}
    return ExerciseType.objects.get_or_create(slug=slug, defaults=values)[0]


def make_need(slug: str) -> Need:
    values = {"order": 1, **both("name", slug.title()), **both("first_person", f"I have {slug}")}
    return Need.objects.get_or_create(slug=slug, defaults=values)[0]


def make_citation(key: str) -> Citation:
    values = {"tier": "core", "authors": "A. Author", "year": 2020, "title": f"On {key}", "kind": "review"}
    return Citation.objects.get_or_create(key=key, defaults={**values, **both("finding", "It helps.")})[0]


def make_library() -> None:
    """Create what the plan files point to."""
    for plan in content_files():
        for slug in plan["needs"]:
            make_need(slug)
        for key in plan["citations"]:
            make_citation(key)
        for session in chain.from_iterable(week["sessions"] for week in plan["schedule"]):
            make_type(session["kind"])
            for slug in session["mechanisms"]:
                make_mechanism(slug)


def make_plan(slug: str = "small-walks", *, weeks: int = 2, per_week: int = 2, published: bool = True) -> PlanTemplate:
    texts = ("goal", "audience", "progression_rule", "gap_rule", "evidence_note")
    values = both("title", slug.replace("-", " ").capitalize())
    for name in texts:
        values |= both(name, f"The {name} of {slug}.")
    numbers = {"weeks": weeks, "sessions_min": per_week, "sessions_max": per_week}
    plan = PlanTemplate.objects.create(slug=slug, is_published=published, **numbers, **values)
    plan.citations.add(make_citation("who2020"))
    plan.needs.add(make_need("low-mood"))
    Contraindication.objects.create(template=plan, order=1, **both("text", "With a fever, rest."))
    for number in range(1, weeks + 1):
        week = Week.objects.create(template=plan, number=number, **both("focus", f"Focus {number}"))
        for position in range(1, per_week + 1):
            make_session(week, position)
    return plan


def make_session(week: Week, number: int, **fields: Any) -> Session:
    values = {"exercise_type": make_type("walking"), "minutes": 15, "intensity": "moderate", "floor_minutes": 3}
    texts = both("title", f"Step {week.number}.{number}") | both("instruction", "Walk.") | both("floor", "To the door.")
    session = Session.objects.create(week=week, number=number, **{**values, **texts, **fields})
    session.mechanisms.add(make_mechanism("behavioural-activation"))
    return session


def make_enrollment(person: User, plan: PlanTemplate, **fields: Any) -> Enrollment:
    values = {"starts_on": date(2026, 3, 2), "when_text": "I have had breakfast", "then_text": "I walk ten minutes"}
    return Enrollment.objects.create(person=person, template=plan, **{**values, **fields})


def sessions_of(plan: PlanTemplate) -> list[Session]:
    return list(Session.objects.filter(week__template=plan).in_order())
