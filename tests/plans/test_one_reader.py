"""Mood, ratings and notes have one reader."""

from typing import Any

import pytest
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser

from core.visibility import Unscoped, presenting
from plans.models import MoodRating, SessionLog
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of

CANARY = "zq-canary-mood-note"


@pytest.fixture
def log(cast: Cast, now: Any) -> SessionLog:
    plan = make_plan()
    felt = {"mood_before": 1, "mood_after": 7, "mastery": 9, "pleasure": 8, "note": CANARY}
    where = {"enrollment": make_enrollment(cast.member, plan), "session": sessions_of(plan)[0]}
    return log_session(person=cast.member, now=now, minutes=5, intensity="light", **felt, **where)


def test_only_the_person_finds_rows(cast: Cast, log: SessionLog) -> None:
    for name, person in cast.people.items():
        expected = (2, 1) if name == "member" else (0, 0)
        found = MoodRating.objects.visible_to(person).count(), SessionLog.objects.visible_to(person).count()
        assert found == expected, name
    assert not MoodRating.objects.visible_to(AnonymousUser()).exists()
    assert not SessionLog.objects.visible_to(AnonymousUser()).exists()


def test_a_page_that_forgot_to_ask_who_is_looking_fails(log: SessionLog) -> None:
    with presenting(), pytest.raises(Unscoped):
        list(MoodRating.objects.all())


@pytest.mark.parametrize("name", ["stranger", "host", "owner", "editor", "superuser"])
def test_no_page_or_answer_shows_them_to_anybody_else(cast: Cast, log: SessionLog, as_person: Any, name: str) -> None:
    client = as_person(cast.people[name])
    pages = ["/", "/plans/", "/plans/mine/", "/plans/logs/", "/plans/log/", f"/plans/logs/{log.uuid}/"]
    answers = ["today/", "logs/", "enrollments/", f"logs/{log.uuid}/", f"enrollments/{log.enrollment.uuid}/"]
    for path in [*pages, *(f"/api/v1/{answer}" for answer in answers)]:
        assert CANARY not in client.get(path).content.decode(), path


def test_no_admin_page_leads_to_them(cast: Cast, log: SessionLog, as_person: Any) -> None:
    client = as_person(cast.superuser)
    for model in admin.site._registry:
        assert model not in {SessionLog, MoodRating}
        if model._meta.app_label in {"plans", "accounts"}:
            page = client.get(f"/admin/{model._meta.app_label}/{model._meta.model_name}/").content.decode()
            assert CANARY not in page
    assert CANARY not in client.get(f"/admin/accounts/user/{cast.member.pk}/change/").content.decode()


def test_the_person_reads_their_own(cast: Cast, log: SessionLog, as_person: Any, api_as: Any) -> None:
    assert CANARY in as_person(cast.member).get("/plans/logs/").content.decode()
    assert api_as(cast.member).get("/api/v1/logs/").data["results"][0]["mood_after"] == 7
