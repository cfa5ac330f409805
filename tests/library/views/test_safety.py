"""Where to get help, and when to stop."""

from datetime import date

import pytest
from django.test import Client

from library.models import HelpLine, HelpRegion, SafetyText

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


def test_a_line_that_is_due_for_another_check_says_so(client: Client) -> None:
    HelpLine.objects.filter(phone="12356").update(review_due_on=date(2020, 1, 1))

    page = client.get("/library/get-help/?region=cn").text

    assert page.count("It is due to be checked again.") == 1
