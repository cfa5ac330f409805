"""Feature A6 in a browser: asking, the one page that is left, and keeping it; calm to axe in both languages."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from accounts.services.leaving import ask_to_leave
from core import clock
from tests.browser.conftest import DESKTOP, PHONE, Visits
from tests.browser.test_every_page import RULES, overflows
from tests.kit.cast import make_person

pytestmark = pytest.mark.django_db(transaction=True)
ONE_CLICK = {"en": "Keep it after all", "zh-hans": "还是保留它"}


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_one_page_that_is_left_is_calm_and_keeps_the_account(visit: Visits, language: str) -> None:
    person = make_person("anna", language=language)
    for size, dark in ((PHONE, False), (DESKTOP, True)):
        window = visit(person, size=size, dark=dark)
        window.open("/me/delete/")
        assert Axe().run(window.page, options=RULES).response["violations"] == []
        ask_to_leave(person=person, kept=None, now=clock.now())
        window = visit(person, size=size, dark=dark)
        window.open("/me/settings/")
        button = window.page.get_by_role("button", name=ONE_CLICK[language])
        assert window.complaints == []
        assert not overflows(window.page)
        assert Axe().run(window.page, options=RULES).response["violations"] == []

        button.click()

        window.page.wait_for_url(lambda url: "/me/delete/" not in url)
        person.refresh_from_db()
        assert (person.is_active, person.erase_at) == (True, None)
