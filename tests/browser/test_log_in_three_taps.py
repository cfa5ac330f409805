"""From Today to "Noted" on a phone: Start, mood, Done. The rest is folded, and a keyboard does all of it."""

from datetime import time

import pytest
from playwright.sync_api import expect

from accounts.models import User
from core import clock
from plans.models import MoodRating, PlanTemplate, SessionLog
from plans.services.enrollments import follow_plan
from tests.browser.conftest import Visit, Visits
from tests.browser.walker import Walker
from tests.kit.cast import make_person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def walker_of(content: None) -> User:
    """Somebody who follows the ten-minute walk, every day."""
    now = clock.now()
    person = make_person("walker", time_zone="Europe/Berlin")
    follow_plan(
        person=person, template=PlanTemplate.objects.get(slug="ten-minute-walk"), now=now,
        starts_on=clock.local_day(now, person.time_zone), cues=[(day, time(18, 30)) for day in range(7)],
        when_text="the kettle is on", then_text="I walk",
    )  # fmt: skip
    return person


def moods_of(person: User) -> dict[str, int]:
    return dict(MoodRating.objects.visible_to(person).values_list("moment", "value"))


def test_three_taps_and_no_typing(walker_of: User, visit: Visits) -> None:
    walker = Walker(visit(walker_of), "en")
    walker.arrive()
    walker.taps = 0
    walker.send("Start")
    walker.choose("5", of="Mood now")
    walker.send("Done")
    walker.reads("Noted. It counts, whatever its size.")
    assert walker.taps <= 3
    assert moods_of(walker_of) == {"after": 5}
    assert SessionLog.objects.get().minutes == 10  # of the step: nobody typed a number
    assert walker.visit.complaints == []


def test_a_guess_comes_first_and_stays(walker_of: User, visit: Visits) -> None:
    walker = Walker(visit(walker_of, scripts=False), "en")
    walker.arrive()
    walker.unfold("Guess how it will feel")
    walker.choose("2", of="How will you feel afterwards?")
    walker.send("Start")
    walker.choose("6", of="Mood now")
    walker.send("Done")
    walker.reads("Noted. It counts, whatever its size.")
    assert moods_of(walker_of) == {"guess": 2, "after": 6}
    walker.visit.open("/plans/logs/")
    walker.reads("guessed: 2 of 7")


def test_changing_and_removing_by_keyboard_alone(walker_of: User, visit: Visits) -> None:
    window = visit(walker_of)
    Walker(window, "en").arrive()
    by_keys(window, "button", "Start")
    by_keys(window, "button", "Done")
    window.open("/plans/logs/")
    by_keys(window, "link", "Change")
    window.page.get_by_label("Minutes").focus()
    window.page.keyboard.press("Control+A")
    window.page.keyboard.type("12")
    window.page.keyboard.press("Enter")
    expect(window.page.locator("body")).to_contain_text("Changed.")
    assert SessionLog.objects.get().minutes == 12
    by_keys(window, "link", "Change")
    by_keys(window, "link", "Remove it")
    by_keys(window, "button", "Remove it")
    expect(window.page.locator("body")).to_contain_text("Removed for good.")
    assert not SessionLog.objects.exists()


def by_keys(window: Visit, role: str, name: str) -> None:
    """Walk with Tab to the thing of that name, and press Enter."""
    wanted = window.page.locator("main").get_by_role(role, name=name).first  # type: ignore[arg-type]
    expect(wanted).to_be_visible()
    for _ in range(80):
        if wanted.evaluate("thing => thing === document.activeElement"):
            break
        window.page.keyboard.press("Tab")
    else:
        raise AssertionError(f"Tab never reaches {name}")
    with window.page.expect_navigation():
        window.page.keyboard.press("Enter")
