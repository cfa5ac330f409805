"""What the group's page and the API show of shared plans, and to whom."""

import re
from datetime import datetime, time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Group, PlanShare
from groups.services.sharing import share_plan
from plans.models import PlanTemplate
from plans.services.enrollments import follow_plan
from tests.kit.cast import Cast
from tests.plans.own_kit import own_plan

PAGE, COPY = "/groups/morning-mosses/", "You follow a copy"
NEW_EVERY_TIME = re.compile(r'(nonce|value|csrftoken)="[^"]{20,}"|"X-CSRFToken": "[^"]+"')


@pytest.fixture
def plan(cast: Cast) -> PlanTemplate:
    return own_plan(cast.member, "Quillwort path")


@pytest.fixture
def share(cast: Cast, plan: PlanTemplate, now: datetime) -> PlanShare:
    return share_plan(group=cast.group, person=cast.member, template=plan, now=now)


def api(group: Group, uuid: object = "") -> str:
    return f"/api/v1/groups/{group.uuid}/plans/{f'{uuid}/' if uuid else ''}"


@pytest.mark.parametrize("name", ["member", "host", "blocked", "stranger", "superuser", None])
def test_the_groups_page_names_it_to_fellow_members(
    cast: Cast, share: PlanShare, as_person: Any, name: str | None
) -> None:
    page = as_person(cast.people[name] if name else None).get(PAGE)
    assert page.status_code == 200
    assert ("Quillwort" in page.text) == (name in {"member", "host"})


def test_three_shares_ask_as_much_as_one(
    cast: Cast, share: PlanShare, now: datetime, as_person: Any, django_assert_num_queries: Any
) -> None:
    client = as_person(cast.host)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as one:
        assert client.get(PAGE).text.count("Take “") == 1
    for title in ("Fern path", "Reed path"):
        share_plan(group=cast.group, person=cast.member, template=own_plan(cast.member, title), now=now)
    with django_assert_num_queries(len(one)):
        assert client.get(PAGE).text.count("Take “") == 3


def test_from_sharing_to_a_copy_to_taking_back(cast: Cast, plan: PlanTemplate, now: datetime, as_person: Any) -> None:
    sharer, reader = as_person(cast.member), as_person(cast.owner)
    assert "Quillwort path" in sharer.get(f"{PAGE}plans/share/").text
    assert sharer.post(f"{PAGE}plans/share/", {"template": plan.slug}).url == PAGE
    follow = {"starts_on": "2026-03-10", "cues": ["1"], "at_time": "18:30", "when_text": "home", "then_text": "walk"}
    assert reader.post(f"/plans/{plan.slug}/follow/", follow).status_code == 302
    assert COPY in reader.get(PAGE).text
    assert COPY not in sharer.get(PAGE).text
    share = PlanShare.objects.get()
    assert sharer.post(f"{PAGE}plans/{share.uuid}/take-back/").url == PAGE
    assert "Quillwort" not in reader.get(PAGE).text
    assert reader.get(f"/plans/{plan.slug}/").status_code == 404
    copy = PlanTemplate.objects.get(copied_from=plan)
    assert reader.get(f"/plans/own/{copy.slug}/").status_code == 200
    assert sharer.get(f"/plans/own/{copy.slug}/").status_code == 404


def test_who_is_not_the_owner_is_not_offered_it(
    cast: Cast, share: PlanShare, plan: PlanTemplate, as_person: Any
) -> None:
    host = as_person(cast.host)
    answer = host.post(f"{PAGE}plans/share/", {"template": plan.slug})
    assert answer.status_code == 200
    assert "Quillwort" not in answer.text


def test_what_somebody_may_not_see_cannot_be_taken_back(cast: Cast, share: PlanShare, as_person: Any) -> None:
    for name in ("blocked", "stranger", "banned"):
        assert as_person(cast.people[name]).post(f"{PAGE}plans/{share.uuid}/take-back/").status_code == 404
    assert PlanShare.objects.exists()


def test_sharing_over_the_api(cast: Cast, plan: PlanTemplate, api_as: Any) -> None:
    sharer = api_as(cast.member)
    made = sharer.post(api(cast.group), {"template": plan.slug, "shared_by": "Host", "is_followed": True})
    assert made.status_code == 201
    assert (made.data["template"], made.data["shared_by"], made.data["is_mine"]) == (plan.slug, "Member", True)
    assert made.data["is_followed"] is False
    assert [row["is_mine"] for row in api_as(cast.host).get(api(cast.group)).data] == [False]
    assert api_as(cast.blocked).get(api(cast.group)).data == []
    assert api_as(cast.stranger).get(api(cast.group)).data == []
    assert api_as(cast.stranger).delete(api(cast.group, made.data["uuid"])).status_code == 404
    assert api_as(cast.host).delete(api(cast.group, made.data["uuid"])).status_code == 204


def test_over_the_api_a_plan_that_is_not_seen_cannot_be_named(cast: Cast, plan: PlanTemplate, api_as: Any) -> None:
    hidden = api_as(cast.host).post(api(cast.group), {"template": plan.slug})
    absent = api_as(cast.host).post(api(cast.group), {"template": "no-such"})
    assert (hidden.status_code, hidden.data["errors"][0]["field"]) == (400, "template")
    assert str(hidden.data).replace(plan.slug, "") == str(absent.data).replace("no-such", "")


def test_nobody_else_is_told_who_follows(
    cast: Cast, share: PlanShare, plan: PlanTemplate, now: datetime, as_person: Any, api_as: Any
) -> None:
    """Pages and answers of the sharer read the same before and after somebody follows."""
    paths = [PAGE, f"/plans/{plan.slug}/", f"/plans/own/{plan.slug}/", "/plans/own/", "/plans/mine/"]
    pages, answers = as_person(cast.member), api_as(cast.member)

    def read() -> list[str]:
        return [NEW_EVERY_TIME.sub("", pages.get(path).text) for path in paths] + [
            answers.get(path).content.decode() for path in (api(cast.group), f"/api/v1/own-plans/{plan.slug}/")
        ]

    before = read()
    words = {"when_text": "I am home", "then_text": "I walk"}
    follow_plan(person=cast.host, template=plan, starts_on=now.date(), cues=[(1, time(9))], now=now, **words)
    assert read() == before
