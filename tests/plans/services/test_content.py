"""Every text of the files reaches the database, in both languages, as often as one loads."""

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from plans.manuscript import GAPS, GROWTHS, ContentError
from plans.models import Growth, PlanTemplate, Session, SessionLog, Week
from plans.services.content import load_plans
from tests.kit.cast import Cast
from tests.plans.kit import CONTENT, content_files, make_library, sessions_of

LONG = ["goal", "audience", "progression_rule", "gap_rule", "evidence_note"]


@pytest.fixture
def library(db: None) -> None:
    make_library()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of one content file, to be changed."""
    shutil.copy(CONTENT / "calm-mind.yaml", tmp_path)
    return tmp_path


def change(folder: Path, edit: Any) -> None:
    path = folder / "calm-mind.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    edit(data)
    path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")


def in_database(row: Any, *names: str) -> dict[str, dict[str, str]]:
    return {n: {"en": getattr(row, f"{n}_en"), "zh-hans": getattr(row, f"{n}_zh_hans")} for n in names}


def session_facts(session: Session) -> dict[str, Any]:
    facts = {
        "session": session.number,
        "kind": session.exercise_type.slug,
        "minutes": session.minutes,
        "intensity": session.intensity,
        **in_database(session, "title", "instruction"),
        "floor": {"minutes": session.floor_minutes, **in_database(session, "floor")["floor"]},
        "mechanisms": sorted(m.slug for m in session.mechanisms.all()),
    }
    optional = {"day": session.day, "met_code": session.met_code}
    return facts | {name: value for name, value in optional.items() if value}


def plan_facts(plan: PlanTemplate) -> dict[str, Any]:
    facts = {
        "slug": plan.slug,
        "order": plan.order,
        "weeks": plan.weeks,
        "sessions_per_week": {"min": plan.sessions_min, "max": plan.sessions_max},
        **in_database(plan, "title", *LONG),
        "needs": sorted(n.slug for n in plan.needs.all()),
        "citations": sorted(c.key for c in plan.citations.all()),
        "contraindications": [in_database(row, "text")["text"] for row in plan.contraindications.all()],
        "schedule": [
            {
                "week": week.number,
                **in_database(week, "focus"),
                "sessions": [session_facts(session) for session in week.sessions.all()],
            }
            for week in plan.week_set.all()
        ],
    }
    gaps = {name: getattr(plan, f"{name}_after_days") for name in GAPS}
    pace = {
        "growth": plan.growth if plan.growth != GROWTHS[0] else None,
        "move_on_percent": plan.move_on_percent if plan.move_on_percent != 75 else None,
        "gap_days": gaps if gaps != GAPS else None,
    }
    said = {name: value for name, value in pace.items() if value}
    check_in = {"scale": plan.check_in_scale, "weeks": plan.check_in_weeks}
    optional = {
        "duration_days": plan.duration_days,
        "check_in": check_in if plan.check_in_scale else None,
        "pace": said,
    }
    return facts | {name: value for name, value in optional.items() if value}


def file_facts(data: dict[str, Any]) -> dict[str, Any]:
    """The file as read, with sets in order."""
    data["needs"].sort()
    data["citations"].sort()
    for week in data["schedule"]:
        for session in week["sessions"]:
            session["mechanisms"].sort()
    return data


def test_every_text_of_the_files_is_in_the_database(library: None) -> None:
    assert load_plans() == 10
    for data in content_files():
        assert plan_facts(PlanTemplate.objects.get(slug=data["slug"])) == file_facts(data)
    assert Session.objects.count() == 189
    assert PlanTemplate.objects.filter(is_published=True).count() == 10


def test_loading_again_changes_nothing(library: None) -> None:
    load_plans()
    before = list(Session.objects.order_by("pk").values())
    assert load_plans() == 0
    PlanTemplate.objects.update(file_digest="")
    assert load_plans() == 10
    assert list(Session.objects.order_by("pk").values()) == before
    assert Week.objects.count() == 48


def test_what_an_editor_changed_stays_until_the_file_changes(library: None, folder: Path) -> None:
    load_plans(folder=folder)
    PlanTemplate.objects.update(title_en="A quieter mind")
    load_plans(folder=folder)
    assert PlanTemplate.objects.get().title_en == "A quieter mind"
    change(folder, lambda data: data.update(order=99))
    load_plans(folder=folder)
    assert PlanTemplate.objects.get().title_en == "A calmer mind"


def test_a_session_that_a_log_points_to_is_kept(library: None, folder: Path, cast: Cast, now: Any) -> None:
    load_plans(folder=folder)
    kept, gone = Session.objects.filter(week__number=4).order_by("number")[2:4]
    values = {"minutes": 5, "intensity": "light", "exercise_type": kept.exercise_type, "done_at": now}
    SessionLog.objects.create(person=cast.member, session=kept, local_on=now.date(), **values)
    change(folder, lambda data: data["schedule"][3].update(sessions=data["schedule"][3]["sessions"][:2]))
    load_plans(folder=folder)
    assert Session.objects.filter(pk=kept.pk).exists()
    assert not Session.objects.filter(pk=gone.pk).exists()
    assert SessionLog.objects.get().session == kept


def session_of(data: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = data["schedule"][1]["sessions"][0]
    return found


UNFIT = {
    "no floor": (lambda d: session_of(d).pop("floor"), r"calm-mind.yaml: schedule.2.sessions.1.floor: missing"),
    "floor in one language": (
        lambda d: session_of(d)["floor"].pop("zh-hans"),
        r"calm-mind.yaml: schedule.2.sessions.1.floor.zh-hans: missing",
    ),
    "long floor": (lambda d: session_of(d)["floor"].update(minutes=11), r"sessions.1.floor.minutes: 11 is not"),
    "no source": (lambda d: d.update(citations=[]), r"calm-mind.yaml: citations: missing"),
    "unknown source": (lambda d: d.update(citations=["nobody1999"]), r"citations: not in the library: nobody1999"),
    "unknown reason": (lambda d: session_of(d).update(mechanisms=["luck"]), r"1.mechanisms: not in the library: luck"),
    "unknown kind": (lambda d: session_of(d).update(kind="chess"), r"sessions.1.kind: not in the library: chess"),
    "missing language": (lambda d: d["title"].pop("zh-hans"), r"calm-mind.yaml: title.zh-hans: missing"),
    "long title": (lambda d: d["title"].update(en="x" * 121), r"title.en: longer than 120"),
    "odd effort": (lambda d: session_of(d).update(intensity="brutal"), r"intensity: 'brutal' is none of"),
    "gap in weeks": (lambda d: d["schedule"].pop(1), r"schedule: numbered \[1, 3, 4\]"),
    "fewer weeks": (lambda d: d["schedule"].pop(), r"weeks: says 4, the schedule has 3"),
    "odd growth": (lambda d: d.update(pace={"growth": "fast"}), r"calm-mind.yaml: pace.growth: 'fast' is none of"),
    "odd share": (lambda d: d.update(pace={"move_on_percent": 0}), r"pace.move_on_percent: 0 is not between 1 and 100"),
    "gaps out of order": (
        lambda d: d.update(pace={"gap_days": {"repeat": 3}}),
        r"pace.gap_days.repeat: 3 comes before",
    ),
    "odd gap": (
        lambda d: d.update(pace={"gap_days": {"holiday": 3}}),
        r"calm-mind.yaml: pace.gap_days.holiday: unknown",
    ),
    "pace that is none": (lambda d: d.update(pace="slow"), r"calm-mind.yaml: pace: missing"),
    "a leap": (
        lambda d: session_of(d).update(minutes=90),
        r"calm-mind.yaml: week_set.2.minutes: Week 2 asks for \d+ minutes after 40; at most 70 fits",
    ),
    "address taken": (lambda d: d.update(slug="logs"), r"slug: 'logs' is the address of another page"),
}


@pytest.mark.parametrize(("edit", "message"), UNFIT.values(), ids=UNFIT.keys())
def test_an_unfit_file_is_refused_by_name_and_field(library: None, folder: Path, edit: Any, message: str) -> None:
    change(folder, edit)
    with pytest.raises(ContentError, match=message):
        load_plans(folder=folder)
    assert not PlanTemplate.objects.exists()


def test_an_unreadable_file_is_refused_by_name(db: None, tmp_path: Path) -> None:
    (tmp_path / "odd.yaml").write_text("title: [", encoding="utf-8")
    with pytest.raises(ContentError, match=r"odd.yaml: not readable"):
        load_plans(folder=tmp_path)


def test_limits_of_the_files_are_those_of_the_columns() -> None:
    columns = [(PlanTemplate, "title"), (Week, "focus"), (Session, "title")]
    assert [model._meta.get_field(name).max_length for model, name in columns] == [120, 160, 80]


def test_the_ten_plans_are_as_long_as_their_sources_say(library: None) -> None:
    """Weeks, steps and minutes of the programmes that the texts were written from."""
    load_plans()
    found = {
        plan.slug: (plan.weeks, len(steps := sessions_of(plan)), sum(step.minutes for step in steps))
        for plan in PlanTemplate.objects.all()
    }
    assert found == {
        "ten-minute-walk": (3, 15, 166),
        "walk-to-5k": (8, 24, 886),
        "sleep-better": (4, 16, 312),
        "calm-mind": (4, 16, 245),
        "strength-ladder": (6, 18, 306),
        "nature-reset": (4, 12, 345),
        "low-mood-activation": (4, 20, 263),
        "150-builder": (8, 50, 1017),
        "group-belonging": (6, 12, 275),
        "after-late-night": (1, 6, 83),
    }


def test_a_plan_says_its_own_pace_and_the_others_keep_the_usual_one(library: None) -> None:
    load_plans()
    own = PlanTemplate.objects.filter(growth=Growth.RUNNING).values_list("slug", flat=True)
    assert list(own) == ["walk-to-5k"]
    assert PlanTemplate.objects.get(slug="ten-minute-walk").move_on_percent == 80
    three_days = PlanTemplate.objects.get(slug="after-late-night")
    assert [getattr(three_days, f"{name}_after_days") for name in GAPS] == [1, 2, 14, 14]
    assert PlanTemplate.objects.filter(small_after_days=4, restart_after_days=60, move_on_percent=75).count() == 8
