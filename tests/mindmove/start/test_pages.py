"""Where do I start?"""

import re

import pytest
from django.test import Client

from library.models import Need, RedFlag

pytestmark = pytest.mark.usefixtures("library")


@pytest.mark.parametrize("slug", ["low-mood", "loneliness", "poor-sleep"])
def test_a_need_gives_ten_minutes_with_reasons_and_what_comes_next(client: Client, slug: str) -> None:
    page = client.get(f"/zh-hans/library/start/{slug}/").text

    need = Need.objects.get(slug=slug)
    assert need.first_person_zh_hans in page
    assert need.action_title_zh_hans in page
    assert need.first_ten_minutes_zh_hans in page
    for link in [*need.type_links.all(), *need.mechanism_links.all()]:
        assert link.why_zh_hans in page
    assert f"plans/?need={slug}" in page


def test_red_flags_come_with_every_need_the_most_severe_first(client: Client) -> None:
    flags = list(RedFlag.objects.all().shown_with(Need.objects.get(slug="low-mood")))
    page = client.get("/library/start/low-mood/").text

    ranks = [RedFlag.Action.values.index(flag.action) for flag in flags]
    assert ranks == sorted(ranks)
    assert len(flags) == 6
    places = [page.index(flag.text_en) for flag in flags]
    assert places == sorted(places)
    assert "/library/get-help/" in page


def test_the_finder_leads_to_the_need_and_stores_nothing(client: Client) -> None:
    answer = client.get("/library/start/?need=stress&minutes=5&company=together")

    assert answer.status_code == 302
    assert answer["Location"] == "/library/start/stress/?minutes=5&company=together"
    assert not answer.cookies
    assert not client.get(answer["Location"]).cookies


def test_a_missing_answer_is_said_beside_its_field(client: Client) -> None:
    answer = client.get("/library/start/?minutes=20")

    assert answer.status_code == 200
    assert "need" in answer.context["form"].errors
    assert answer.context["form"]["minutes"].value() == "20"


def test_the_same_answers_give_the_same_page(client: Client) -> None:
    def page() -> str:
        return re.sub(r'nonce="[^"]*"', "", client.get("/library/start/stress/?minutes=5&company=alone").text)

    assert page() == page()


def test_company_changes_the_order(client: Client) -> None:
    def place(company: str) -> int:
        page = client.get(f"/library/start/loneliness/?company={company}").text
        return page.index("exercise/#group-outdoor") - page.index("exercise/#walking")

    assert place("together") < 0 < place("alone")


def test_an_unknown_need_is_absent(client: Client) -> None:
    assert client.get("/library/start/nothing/").status_code == 404
