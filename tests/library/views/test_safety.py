"""Where to get help, and when to stop."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from library.models import HelpLine, HelpRegion, SafetyText
from tests.kit.cast import Cast

pytestmark = pytest.mark.usefixtures("library")


def test_numbers_can_be_tapped_in_every_region(client: Client) -> None:
    page = client.get("/library/get-help/").text

    for line in HelpLine.objects.exclude(phone=""):
        assert f'href="tel:{line.tel}"' in page
    for region in HelpRegion.objects.all():
        assert region.name_en in page
        for number in region.emergency_list:
            assert f'href="tel:{number}"' in page


def test_the_region_is_the_one_that_was_picked_and_directories_stay(client: Client) -> None:
    page = client.get("/zh-hans/library/get-help/?region=gb").text

    assert "tel:116123" in page
    assert "tel:12356" not in page
    assert "https://findahelpline.com" in page


def test_nothing_is_guessed_from_the_language(client: Client) -> None:
    assert client.get("/zh-hans/library/get-help/").context["chosen"] is None


def test_a_line_says_when_it_was_checked(client: Client) -> None:
    page = client.get("/library/get-help/?region=cn").text

    assert "Checked on" in page
    assert "Not yet checked" in page


def test_stop_signs_and_what_to_do_are_on_the_safety_page(client: Client) -> None:
    page = client.get("/zh-hans/library/safety/").text

    for text in SafetyText.objects.exclude(group=SafetyText.Group.EDITORS):
        assert text.text_zh_hans in page


def test_a_line_that_takes_texts_can_be_texted(client: Client) -> None:
    page = client.get("/library/get-help/?region=us").text

    assert 'href="sms:988"' in page
    assert "sms:" not in client.get("/library/get-help/?region=hk").text


def test_a_place_is_remembered_when_asked_and_forgotten_when_asked(client: Client) -> None:
    answer = client.post("/library/get-help/region/", {"region": "nz"})
    assert answer.cookies["help_region"]["httponly"]
    assert answer.cookies["help_region"]["samesite"] == "Lax"
    page = client.get("/library/get-help/")
    assert page.context["chosen"].code == "nz"
    assert page["Cache-Control"] == "private, no-store"
    assert len(client.get("/library/get-help/?region=all").context["shown"]) == 12

    client.post("/library/get-help/region/", {"region": ""})
    assert client.get("/library/get-help/").context["chosen"] is None


def test_looking_at_a_place_is_not_remembering_it(client: Client) -> None:
    client.get("/library/get-help/?region=nz")

    assert client.get("/library/get-help/").context["chosen"] is None


def test_an_unknown_place_is_not_remembered(client: Client) -> None:
    assert client.post("/library/get-help/region/", {"region": "atlantis"}).status_code == 404
    client.cookies["help_region"] = "atlantis"
    assert client.get("/library/get-help/").context["chosen"] is None


def test_signing_out_clears_what_the_browser_kept(cast: Cast, as_person: Callable[..., Client]) -> None:
    browser = as_person(cast.member)
    browser.post("/library/get-help/region/", {"region": "nz"})
    assert "Clear-Site-Data" not in browser.get("/").headers

    answer = browser.post("/account/logout/")

    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert answer.cookies["help_region"].value == ""


def test_an_entry_older_than_half_a_year_is_said_softly_and_raises_an_alarm(
    client: Client, now: datetime, capsys: pytest.CaptureFixture[str]
) -> None:
    HelpLine.objects.update(verified_on=now.date() - timedelta(days=180))
    call_command("check_help")
    assert "half a year ago" not in client.get("/library/get-help/").text

    HelpLine.objects.filter(phone="1925").update(verified_on=now.date() - timedelta(days=181))

    assert "half a year ago" in client.get("/library/get-help/").text
    assert "That is a while ago" in client.get("/library/get-help/?region=tw").text
    with pytest.raises(CommandError, match="1 help lines"):
        call_command("check_help")
    assert "TW\t1925" in capsys.readouterr().out


def test_an_entry_that_nobody_checked_raises_the_alarm(now: datetime) -> None:
    HelpLine.objects.update(verified_on=None)

    with pytest.raises(CommandError):
        call_command("check_help")


def test_the_admin_says_what_needs_checking(cast: Cast, as_person: Callable[..., Client], now: datetime) -> None:
    HelpLine.objects.update(verified_on=now.date())
    admin = as_person(cast.superuser)
    assert "People may rely on" not in admin.get("/admin/library/helpline/").text

    HelpLine.objects.filter(phone="1925").update(verified_on=None)
    assert "1 entry was never checked" in admin.get("/admin/library/helpline/").text


def test_help_is_light_and_needs_no_script(client: Client) -> None:
    page = client.get("/library/get-help/")

    assert len(page.content) < 40_000
    assert "htmx" not in page.text.split("<body")[0].replace("htmx-config", "")


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_the_offline_page_has_every_number_and_is_not_to_be_found(client: Client, prefix: str) -> None:
    page = client.get(f"{prefix}/library/offline/").text

    for line in HelpLine.objects.exclude(phone=""):
        assert f'href="tel:{line.tel}"' in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_offline_script_covers_the_site(client: Client) -> None:
    answer = client.get("/sw.js")

    assert answer["Content-Type"] == "text/javascript"
    assert answer["Cache-Control"] == "no-cache"
    assert "/zh-hans/library/get-help/" in answer.text


def test_the_api_says_the_same(client: Client) -> None:
    answer = client.get("/api/v1/help/", headers={"accept-language": "zh-CN"})

    lines = {line["phone"]: line for region in answer.json()["regions"] for line in region["lines"]}
    assert lines["988"]["takes_text"] is True
    assert lines["12356"]["name"] == "全国统一心理援助热线"
    assert answer["Content-Language"] == "zh-hans"
    assert "Accept-Language" in answer["Vary"]
