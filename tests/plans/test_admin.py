"""Editors edit plans; nobody reads anybody's following, logs or moods there."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission

from plans.models import Cue, Enrollment, MoodRating, PlanTemplate, Session, SessionLog
from tests.kit.cast import Cast
from tests.plans.kit import make_plan, sessions_of


@pytest.fixture
def editor(cast: Cast, as_person: Any) -> Any:
    """A browser of somebody who may edit plans and nothing else."""
    names = ["plantemplate", "week", "session", "contraindication"]
    codes = [f"{act}_{name}" for name in names for act in ("view", "change", "add", "delete")]
    cast.editor.user_permissions.set(Permission.objects.filter(content_type__app_label="plans", codename__in=codes))
    return as_person(cast.editor)


@pytest.mark.parametrize("model", [SessionLog, MoodRating, Enrollment, Cue])
def test_what_is_personal_is_not_registered(model: Any) -> None:
    assert not admin.site.is_registered(model)


def test_editors_see_the_lists_and_the_forms(editor: Any) -> None:
    plan = make_plan()
    session = sessions_of(plan)[0]
    for path in ("plantemplate/", f"plantemplate/{plan.pk}/change/", "week/", f"week/{session.week_id}/change/"):
        assert editor.get(f"/admin/plans/{path}").status_code == 200
    page = editor.get(f"/admin/plans/session/{session.pk}/change/").content.decode()
    assert 'name="floor_en"' in page
    assert 'name="floor_zh_hans"' in page


def session_form(session: Session, **changes: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for code in ("en", "zh_hans"):
        values |= {f"{name}_{code}": getattr(session, f"{name}_{code}") for name in ("title", "instruction", "floor")}
    numbers = {"week": session.week_id, "number": session.number, "exercise_type": session.exercise_type_id}
    effort = {"minutes": session.minutes, "intensity": session.intensity, "floor_minutes": session.floor_minutes}
    return {**values, **numbers, **effort, "mechanisms": [m.pk for m in session.mechanisms.all()], **changes}


def test_a_session_without_its_floor_is_refused_on_the_field(editor: Any) -> None:
    session = sessions_of(make_plan())[0]
    path = f"/admin/plans/session/{session.pk}/change/"
    refused = editor.post(path, session_form(session, floor_zh_hans=""))
    assert refused.status_code == 200
    assert "floor_zh_hans" in refused.context["adminform"].form.errors
    assert editor.post(path, session_form(session, floor_en="To the gate.")).status_code == 302
    session.refresh_from_db()
    assert session.floor_en == "To the gate."


def test_a_plan_that_is_offered_does_not_outgrow_its_cap(editor: Any) -> None:
    session = sessions_of(make_plan())[-1]
    path, minutes = f"/admin/plans/session/{session.pk}/change/", session.minutes

    refused = editor.post(path, session_form(session, minutes="500", title_en="Round the far lake"))

    assert refused.status_code == 200
    form = refused.context["adminform"].form
    assert "asks for" in str(form.errors["minutes"])
    assert (form["minutes"].value(), form["title_en"].value()) == ("500", "Round the far lake")
    session.refresh_from_db()
    assert session.minutes == minutes
    assert session.title_en != "Round the far lake"


def act(editor: Any, plan: PlanTemplate, name: str) -> str:
    data = {"action": name, "_selected_action": [plan.pk]}
    page: str = editor.post("/admin/plans/plantemplate/", data, follow=True).content.decode()
    plan.refresh_from_db()
    return page


def test_publishing_passes_the_gate(editor: Any) -> None:
    plan = make_plan(published=False)
    sources = list(plan.citations.all())
    plan.citations.clear()
    assert "Name at least one source." in act(editor, plan, "publish")
    assert not plan.is_published
    plan.citations.set(sources)
    act(editor, plan, "publish")
    assert plan.is_published
    act(editor, plan, "withdraw")
    assert not plan.is_published


def test_the_changed_title_of_a_session_finds_its_plan(editor: Any) -> None:
    session = sessions_of(make_plan())[0]

    editor.post(f"/admin/plans/session/{session.pk}/change/", session_form(session, title_en="Zorptinella"))

    assert session.week.template.get_absolute_url() in editor.get("/library/search/?q=zorptinella").text
