"""A word in the title of somebody's own plan is read by that person, and by nobody else anywhere."""

from typing import Any

import pytest
from django.contrib.auth.models import Permission

from library.models import SearchDocument
from library.services.search_index import rebuild, reindex
from plans.models import PlanTemplate, Session
from tests.kit.cast import Cast
from tests.plans.kit import make_need, make_plan, sessions_of
from tests.plans.own_kit import kind, own_plan

CANARY = "Quillwort"


@pytest.fixture
def plan(cast: Cast) -> PlanTemplate:
    """Member's own plan, open, with a need that no door gives it."""
    made = own_plan(cast.member, f"{CANARY} path")
    made.needs.add(make_need("low-mood"))
    Session.objects.filter(week__template=made).update(title_en=f"{CANARY} step", floor_en=f"{CANARY} floor")
    return made


def test_it_is_in_no_index_of_search(plan: PlanTemplate, cast: Cast, as_person: Any) -> None:
    make_plan()
    rebuild()
    reindex([plan, *sessions_of(plan)])
    assert SearchDocument.objects.filter(kind="plan").exists()
    assert not SearchDocument.objects.filter(title__icontains=CANARY).exists()
    assert not SearchDocument.objects.filter(body__icontains=CANARY).exists()
    page = as_person(cast.member).get(f"/library/search/?q={CANARY}")
    assert plan.slug not in page.text


LISTS = ["/plans/", "/plans/?need=low-mood", "/api/v1/plan-templates/", "/api/v1/plan-templates/?need=low-mood"]


@pytest.mark.parametrize("who", ["member", "stranger", "superuser", "anonymous"])
@pytest.mark.parametrize("path", [*LISTS, "/sitemap.xml"])
def test_public_lists_leave_it_out_for_everybody(
    plan: PlanTemplate, cast: Cast, as_person: Any, path: str, who: str
) -> None:
    make_plan()
    page = as_person(cast.people.get(who)).get(path, follow=True)
    assert page.status_code == 200
    assert CANARY not in page.text
    assert plan.slug not in page.text


def test_the_sitemap_of_plans_leaves_it_out(plan: PlanTemplate, as_person: Any) -> None:
    public = make_plan()
    page = as_person(None).get("/sitemap.xml").text
    assert public.slug in page
    assert plan.slug not in page


def test_the_finder_leaves_it_out(plan: PlanTemplate, cast: Cast, as_person: Any) -> None:
    public = make_plan()
    page = as_person(cast.member).get("/api/v1/start/?need=low-mood")
    assert page.status_code == 200
    assert public.slug in page.text
    assert plan.slug not in page.text


@pytest.mark.parametrize("who", ["stranger", "blocked", "editor", "superuser", "anonymous"])
def test_its_addresses_are_a_404_for_everybody_else(
    plan: PlanTemplate, cast: Cast, as_person: Any, api_as: Any, who: str
) -> None:
    person = cast.people.get(who)
    session = sessions_of(plan)[0]
    browser, api = as_person(person), api_as(person)
    hidden = 302 if person is None else 404  # a visitor is asked to sign in first
    assert browser.get(f"/plans/{plan.slug}/").status_code == 404
    assert api.get(f"/api/v1/plan-templates/{plan.slug}/").status_code == 404
    for path in (f"/plans/own/{plan.slug}/", f"/plans/own/{plan.slug}/weeks/1/", f"/plans/own/{plan.slug}/remove/"):
        assert browser.get(path).status_code == hidden
    for act in ("follow/", "copy/"):
        assert browser.post(f"/plans/{plan.slug}/{act}").status_code == hidden
    for act in ("ready/", "draft/", "remove/", "weeks/add/", "weeks/1/remove/"):
        assert browser.post(f"/plans/own/{plan.slug}/{act}").status_code == hidden
    assert browser.get(f"/plans/log/?session={session.pk}").status_code == hidden
    if person is not None:
        assert api.get(f"/api/v1/own-plans/{plan.slug}/").status_code == 404
        assert api.put(f"/api/v1/own-plans/{plan.slug}/", {"title": "Taken"}, format="json").status_code == 404
        assert api.post("/api/v1/own-plans/copy/", {"template": plan.slug}, format="json").status_code == 400
        log = {"session": session.pk, "minutes": 5, "intensity": "light"}
        assert api.post("/api/v1/logs/", log, format="json").status_code == 400
    assert PlanTemplate.objects.get(owner=cast.member).title == f"{CANARY} path"


ADMIN = [
    *("plantemplate/", "week/", "session/", "week/add/", "session/add/", "plantemplate/?q=quillwort"),
    *("session/?q=quillwort", "session/?plan={pk}", "week/?plan={pk}"),
]


@pytest.mark.parametrize("path", ADMIN)
def test_the_admin_names_it_nowhere(plan: PlanTemplate, cast: Cast, as_person: Any, path: str) -> None:
    make_plan()
    page = as_person(cast.superuser).get(f"/admin/plans/{path.format(pk=plan.pk)}")
    assert page.status_code == 200
    assert CANARY not in page.text
    assert plan.slug not in page.text


def test_the_admin_opens_no_part_of_it(plan: PlanTemplate, cast: Cast, as_person: Any) -> None:
    session = sessions_of(plan)[0]
    browser = as_person(cast.superuser)
    for row, name in ((plan, "plantemplate"), (session.week, "week"), (session, "session")):
        for act in ("change", "delete", "history"):
            page = browser.get(f"/admin/plans/{name}/{row.pk}/{act}/", follow=True)
            assert CANARY not in page.text


def test_deleting_a_kind_or_a_person_in_the_admin_names_none_of_it(
    plan: PlanTemplate, cast: Cast, as_person: Any
) -> None:
    browser = as_person(cast.superuser)
    type_page = browser.get(f"/admin/library/exercisetype/{kind().pk}/delete/")
    person_page = browser.get(f"/admin/accounts/user/{cast.member.pk}/delete/")
    assert (type_page.status_code, person_page.status_code) == (200, 200)
    assert CANARY not in type_page.text
    assert CANARY not in person_page.text


def test_whoever_may_edit_plans_does_not_see_it_as_a_draft(plan: PlanTemplate, cast: Cast, as_person: Any) -> None:
    PlanTemplate.objects.update(is_published=False)
    cast.staff.user_permissions.add(Permission.objects.get(codename="change_plantemplate"))
    assert as_person(cast.staff).get(f"/plans/{plan.slug}/").status_code == 404
