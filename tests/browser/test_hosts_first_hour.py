"""The first hour of somebody who hosts, as docs/hosting.md tells it: two people, two windows."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from core import clock
from groups.models import Event
from tests.browser.conftest import DESKTOP, PHONE, Visits
from tests.browser.walker import Walker
from tests.kit.cast import make_person

GROUP, SERIES = "Slow Lane", "Slow round of the lake"
MET_BY = "At the gate. I wear a yellow scarf."


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_first_hour_of_a_host(visit: Visits, language: str) -> None:
    host, guest = make_person("greta", language=language), make_person("nils", language=language)
    hosting = Walker(visit(host, size=DESKTOP), language)
    coming = Walker(visit(guest, size=PHONE, dark=True), language)
    start_a_group(hosting)
    plan_a_series(hosting)
    come_for_the_first_time(coming)
    see_who_is_new(hosting, guest.display_name)
    say_something_to_all(hosting)
    change_this_and_all_that_follow(hosting)
    call_one_off(hosting)
    coming.tap("Groups")
    coming.tap_exactly(GROUP)
    coming.reads("We meet at the boathouse from now on.")
    coming.reads("Boathouse")
    assert hosting.visit.complaints == coming.visit.complaints == []


def start_a_group(walker: Walker) -> None:
    walker.tap("Groups")
    walker.tap("Start a group")
    walker.type("name", GROUP)
    walker.pick("kind", "walking")
    walker.type("place", "Lake Park")
    walker.send("Start the group")
    expect(walker.page.locator("h1")).to_have_text(GROUP)


def plan_a_series(walker: Walker) -> None:
    """What a newcomer wants to know is asked for beside each field that is empty."""
    walker.tap("Plan an event")
    walker.type("title", SERIES)
    walker.type("Day", (clock.now() + timedelta(days=3)).date().isoformat())
    walker.page.get_by_label(walker.words("Time"), exact=True).fill("18:30")
    walker.choose("Every week", of="How often")
    walker.pick("setting", "park")
    walker.choose("Good for a first time")
    walker.send("Save")
    refusals = walker.page.get_by_text(walker.words("Somebody who comes for the first time wants to know this."))
    for label in ("What will happen", "Where to stand", "Who greets newcomers"):
        field = walker.page.get_by_label(walker.words(label))
        expect(field).to_have_attribute("aria-invalid", "true")
    assert refusals.count() > 1
    walker.type("What will happen", "Names, one round, tea.")
    walker.type("Where to stand", MET_BY)
    walker.type("Pace", "As slow as the slowest of us.")
    walker.type("Toilets", "In the café at the gate.")
    walker.type("Leaving early", "Wave and go.")
    walker.page.get_by_label(walker.words("Who greets newcomers")).select_option(label="Greta")
    walker.pick("How many usually come", Event.Company.FEW)
    walker.send("Save")
    walker.reads("What is planned")
    walker.page.locator(".meeting").first.get_by_role("link").click()
    walker.reads(MET_BY)


def come_for_the_first_time(walker: Walker) -> None:
    walker.tap("Groups")
    walker.tap("Coming up")
    walker.tap_exactly(SERIES)
    walker.choose("My first time")
    walker.send("Join and come")
    walker.reads("You have a seat.")


def see_who_is_new(walker: Walker, name: str) -> None:
    walker.page.reload()
    newcomer = walker.page.get_by_role("complementary").get_by_role("listitem").filter(has_text=name)
    expect(newcomer).to_contain_text(walker.words("first time"))


def say_something_to_all(walker: Walker) -> None:
    walker.tap_exactly(GROUP)
    walker.tap("Read on, or say something")
    walker.page.get_by_role("main").get_by_role("textbox").first.fill("We meet at the boathouse from now on.")
    walker.page.locator("input[name=is_announcement]").locator("xpath=ancestor::label").click()
    walker.send("Say it")
    walker.reads("announcement")


def change_this_and_all_that_follow(walker: Walker) -> None:
    open_meeting(walker, 1)
    walker.tap("Change them all")
    walker.type("place", "Boathouse")
    walker.send("Save")
    walker.reads("Boathouse")


def call_one_off(walker: Walker) -> None:
    open_meeting(walker, 2)
    walker.page.get_by_role("link", name=walker.words("Call it off"), exact=True).click()
    dialog = walker.page.get_by_role("dialog")
    dialog.get_by_role("button", name=walker.words("Call it off"), exact=True).click()
    walker.reads("This event is called off.")


def open_meeting(walker: Walker, number: int) -> None:
    """From the group's page to one of the next meetings."""
    walker.tap("Groups")
    walker.tap_exactly(GROUP)
    walker.page.locator(".meeting").nth(number).get_by_role("link").click()
