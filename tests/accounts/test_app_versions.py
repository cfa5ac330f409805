"""M6: an app that is too old is told so at every door of programs, before anything is done."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.app_versions import AppVersionMiddleware
from groups.models import Event, Rsvp
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
ME, HELP, SESSION = "/api/v1/me/", "/api/v1/help/", "/_allauth/app/v1/auth/session"
OLD, GOOD, OTHER = "walks/1.3.9", "walks/1.4", "hikes/0.1"


@pytest.fixture(autouse=True)
def minimum(settings) -> None:
    settings.API_APP_MINIMUMS = {"walks": (1, 4)}


def app(said: str) -> dict[str, str]:
    return {"MindMove-App": said}


def test_one_that_is_too_old_is_told_what_is_wanted(cast: Cast, as_person: Callable[..., Client]) -> None:
    refused = as_person(cast.member).get(ME, headers=app(OLD))
    assert (refused.status_code, refused["MindMove-App-Minimum"]) == (426, "1.4")
    assert refused["Content-Type"] == "application/problem+json"
    assert refused["Cache-Control"] == "private, no-store"
    assert refused.json()["code"] == "app_too_old"
    chinese = as_person(cast.member).get(ME, headers={**app(OLD), "Accept-Language": "zh-CN"})
    assert "版本" in chinese.json()["detail"]


@pytest.mark.parametrize("said", [GOOD, "walks/1.4.0", "walks/1.4.0.1", "walks/1.10", "walks/2", OTHER])
def test_others_go_on(cast: Cast, as_person: Callable[..., Client], said: str) -> None:
    answer = as_person(cast.member).get(ME, headers=app(said))
    assert answer.status_code == 200
    assert answer.get("MindMove-App-Minimum") == (None if said == OTHER else "1.4")


def test_who_says_nothing_goes_on(cast: Cast, as_person: Callable[..., Client]) -> None:
    answer = as_person(cast.member).get(ME)
    assert (answer.status_code, "MindMove-App-Minimum" in answer) == (200, False)


@pytest.mark.parametrize(
    "said", ["", "walks", "walks/", "/1.4", "walks/1.4b", "walks/1.4.0.0.0", "walks/١.٤", "walks/1.4\n", "my walks/1.4"]
)
def test_what_is_no_name_and_version_is_said_to_be_none(
    cast: Cast, as_person: Callable[..., Client], said: str
) -> None:
    refused = as_person(cast.member).get(ME, headers=app(said))
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_app")


def doors(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from doors(pattern.url_patterns, path)
        else:
            yield "/" + path


def programs() -> list[str]:
    found = [path for path in doors(get_resolver().url_patterns) if path.startswith(("/api/", "/_allauth/"))]
    assert len(found) > 150
    return found


def test_no_door_of_programs_takes_anything_from_it(cast: Cast, as_person: Callable[..., Client]) -> None:
    """It stands before the views: whatever an address holds, the answer is the same."""
    phone = as_person(cast.member)
    for path in programs():
        for method in ("get", "post", "put", "patch", "delete"):
            if (method, path) not in {("get", HELP), ("delete", SESSION)}:
                assert getattr(phone, method)(path, headers=app(OLD)).status_code == 426, f"{method} {path}"


def test_it_finds_help_and_gets_out(cast: Cast, as_person: Callable[..., Client]) -> None:
    phone = as_person(cast.member)
    assert phone.get(HELP, headers=app(OLD)).status_code == 200
    assert phone.delete(SESSION, headers=app(OLD)).status_code == 401  # signed out, as that door says it
    assert phone.post(SESSION, headers=app(OLD)).status_code == 426


@pytest.mark.parametrize("said", ["walks/2.0.1-beta", "", "walks"])
def test_so_does_one_that_cannot_say_what_it_is(cast: Cast, as_person: Callable[..., Client], said: str) -> None:
    phone = as_person(cast.member)
    assert phone.get(HELP, headers=app(said)).status_code == 200
    assert phone.delete(SESSION, headers=app(said)).status_code == 401


def test_pages_do_not_ask(cast: Cast, as_person: Callable[..., Client]) -> None:
    assert as_person(cast.member).get("/groups/", headers=app(OLD)).status_code == 200


def answered(phone: Client, event: Event, said: str) -> HttpResponse:
    """Answer the meeting, under the same key each time."""
    headers = {**app(said), "Idempotency-Key": "saturday"}
    path = f"/api/v1/events/{event.uuid}/rsvp/"
    return phone.put(path, {"answer": "going"}, content_type="application/json", headers=headers)


def test_what_was_refused_is_taken_from_the_version_after(
    cast: Cast, as_person: Callable[..., Client], now: datetime
) -> None:
    """Nothing was done, and no refusal was kept in its place."""
    phone, event = as_person(cast.member), make_event(cast.group, now)
    assert [answered(phone, event, said).status_code for said in (OLD, "walks 1.4")] == [426, 400]
    assert not Rsvp.objects.filter(event=event).exists()
    assert [answered(phone, event, said).status_code for said in (GOOD, GOOD, OLD)] == [200, 200, 426]
    assert Rsvp.objects.get(event=event).person == cast.member


def test_it_stands_before_keys_and_after_language_and_limits(settings) -> None:
    names = [name.rpartition(".")[2] for name in settings.MIDDLEWARE]
    place = names.index(AppVersionMiddleware.__name__)
    assert names.index("PersonLocaleMiddleware") < place
    assert names.index("LimitMiddleware") < place < names.index("OnceMiddleware")
