"""Where do I start?, for apps."""

import pytest

from groups.models import Rsvp
from library.models import Need
from mindmove.start.decision import Code, Reason
from mindmove.start.wording import reason_in_words
from tests.groups.kit import make_event

pytestmark = pytest.mark.usefixtures("content")
PATH = "/api/v1/start/"


def test_the_answer_holds_care_action_plans_and_company(api_as, cast, now) -> None:
    event = make_event(cast.group, now, greeter=cast.host)

    answer = api_as(None).get(PATH, {"need": "loneliness", "minutes": 5, "company": "together"}).json()

    assert answer["need"]["slug"] == "loneliness"
    assert (answer["minutes"], answer["company"]) == (5, "together")
    assert answer["action"]["portion"] == "part"
    assert answer["action"]["text"] == Need.objects.get(slug="loneliness").first_ten_minutes_en
    assert answer["red_flags"][0]["action"] == "crisis"
    assert answer["care"]
    assert answer["plans"][0]["plan"]["slug"] == "group-belonging"
    assert answer["plans"][0]["reasons"][0] == "leads-to-company"
    assert answer["events"][0]["event"]["uuid"] == str(event.uuid)
    assert answer["events"][0]["why"][0] == "Somebody looks out for newcomers."


def test_it_speaks_the_language_asked_for(api_as) -> None:
    answer = api_as(None).get(PATH, {"need": "low-mood"}, headers={"accept-language": "zh-CN"}).json()

    assert answer["action"]["text"] == Need.objects.get(slug="low-mood").first_ten_minutes_zh_hans
    assert "分钟" in answer["plans"][0]["why"][0]


def test_a_member_gets_their_own_answer(api_as, cast, now) -> None:
    event = make_event(cast.group, now)
    Rsvp.objects.create(event=event, person=cast.member, status=Rsvp.Status.GOING)

    assert api_as(cast.member).get(PATH, {"need": "low-mood"}).json()["events"] == []
    assert len(api_as(cast.stranger).get(PATH, {"need": "low-mood"}).json()["events"]) == 1


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({}, "need"),
        ({"need": "gloom"}, "need"),
        ({"need": "low-mood", "minutes": "7"}, "minutes"),
        ({"need": "low-mood", "company": "cats"}, "company"),
    ],
)
def test_what_is_not_known_is_refused_with_its_field(api_as, query, field) -> None:
    answer = api_as(None).get(PATH, query)

    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_every_reason_has_words() -> None:
    words = {reason_in_words(Reason(code, minutes=3, name="Jonas")) for code in Code}
    assert len(words) == len(Code)
    assert all(words)
