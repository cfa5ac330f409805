"""Language, zone and the way through the welcome."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.decorators import members_only
from accounts.middleware import PersonTimeZoneMiddleware, WelcomeMiddleware
from tests.kit.cast import Cast, make_person

pytestmark = pytest.mark.django_db
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9,en;q=0.5"}
SETTINGS = "/me/settings/"


# Language ------------------------------------------------------------------------------------------
def test_visitor_is_led_from_the_front_door_to_their_language(client: Client) -> None:
    answer = client.get("/", headers=CHINESE)

    assert (answer.status_code, answer.url) == (302, "/zh-hans/")
    assert "Accept-Language" in answer["Vary"]
    assert "no-store" in answer["Cache-Control"]


def test_visitor_who_follows_a_link_to_english_gets_english(client: Client) -> None:
    assert client.get("/", headers={**CHINESE, "Referer": "http://testserver/zh-hans/"}).status_code == 200
    assert client.get("/", headers={**CHINESE, "Referer": "http://elsewhere.example/"}).status_code == 302


def test_visitor_reads_a_page_in_the_language_of_its_address(client: Client) -> None:
    english, chinese = reverse("account_login"), "/zh-hans/account/login/"

    assert client.get(english, headers=CHINESE)["Content-Language"] == "en"
    assert client.get(chinese, headers={"Accept-Language": "en"})["Content-Language"] == "zh-hans"


@pytest.mark.parametrize(
    ("language", "asked", "led_to"),
    [
        ("zh-hans", SETTINGS, f"/zh-hans{SETTINGS}"),
        ("zh-hans", f"{SETTINGS}?a=1", f"/zh-hans{SETTINGS}?a=1"),
        ("en", f"/zh-hans{SETTINGS}", SETTINGS),
        ("en", "/zh-hans/", "/"),
    ],
)
def test_person_is_led_to_their_own_language(as_person, language: str, asked: str, led_to: str) -> None:
    client = as_person(make_person("anna", language=language))

    answer = client.get(asked, headers=CHINESE)

    assert answer.url == led_to
    assert client.get(led_to, headers=CHINESE)["Content-Language"] == language


def test_an_address_that_is_no_page_is_404_and_not_a_circle(as_person) -> None:
    client = as_person(make_person("anna", language="zh-hans"))

    assert client.get("/no/such/page/").status_code == 404


def test_a_form_sent_from_a_page_in_the_other_language_still_arrives(as_person) -> None:
    person = make_person("anna", language="zh-hans")

    answer = as_person(person).post("/me/language/", {"language": "en", "next": "/zh-hans/me/settings/"})

    person.refresh_from_db()
    assert person.language == "en"
    assert answer.url == SETTINGS


def test_parts_of_a_page_are_not_redirected(as_person) -> None:
    client = as_person(make_person("anna", language="zh-hans"))

    assert client.get(SETTINGS, headers={"HX-Request": "true"}).status_code == 200


def test_api_answers_in_the_language_the_client_asks_for(as_person, cast: Cast) -> None:
    client = as_person(make_person("anna", language="en"))

    assert client.get("/api/v1/me/", headers=CHINESE)["Content-Language"] == "zh-hans"
    assert client.get("/api/v1/me/")["Content-Language"] == "en"


# Zone ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("zone", "shown"), [("Asia/Kolkata", "Asia/Kolkata"), ("Gone/Forever", "UTC")])
def test_person_reads_in_their_zone_and_it_ends_with_the_request(zone: str, shown: str) -> None:
    request = RequestFactory().get("/")
    request.user = make_person("anna", time_zone=zone)

    answer = PersonTimeZoneMiddleware(lambda _: HttpResponse(timezone.get_current_timezone_name()))(request)

    assert answer.content.decode() == shown
    assert timezone.get_current_timezone_name() == "UTC"


# Welcome -------------------------------------------------------------------------------------------
@members_only
def members_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("here")


def _led(person: object, method: str = "get", data: dict[str, str] | None = None) -> HttpResponse | None:
    request = getattr(RequestFactory(), method)("/plans/mine/?week=2", data)
    request.user = person
    return WelcomeMiddleware(lambda _: HttpResponse()).process_view(request, members_page, [], {})


def test_newcomer_is_welcomed_first_and_brought_back_after() -> None:
    newcomer = make_person("anna", welcomed_at=None)

    assert _led(newcomer).url == "/me/welcome/language/?next=%2Fplans%2Fmine%2F%3Fweek%3D2"
    assert _led(newcomer, "post").url == "/me/welcome/language/"
    assert _led(newcomer, "post", {"next": "/groups/"}).url == "/me/welcome/language/?next=%2Fgroups%2F"


def test_welcomed_person_walks_on() -> None:
    assert _led(make_person("anna")) is None


def test_visitor_of_a_members_page_is_asked_to_sign_in(client: Client) -> None:
    answer = client.get(SETTINGS)

    assert answer.url == f"{reverse('account_login')}?next={SETTINGS}"
