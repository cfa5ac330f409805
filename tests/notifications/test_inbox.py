"""The inbox: what was told, in the reader's language, and what is read."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts.models import User
from notifications.kinds import Content, Kind
from notifications.models import Delivery, Notification
from notifications.services.delivery import deliver_due
from notifications.services.inbox import note_all_unread
from notifications.services.pace import answer
from tests.kit.mail_sink import MailSink
from tests.notifications.conftest import held, make_reachable

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]


@pytest.fixture
def told(put: Put, sink: MailSink, now: datetime) -> Callable[..., Notification]:
    """Return a function that tells the person something."""

    def tell(key: str = "one", **fields: object) -> Notification:
        put(key, **fields)
        deliver_due(now=now, channel=Delivery.Channel.INBOX)
        return Notification.objects.get(dedupe_key=key)

    return tell


@pytest.fixture
def browser(person: User, as_person: Callable[..., Client]) -> Client:
    return as_person(person)


def page(browser: Client, path: str = "/messages/") -> str:
    answer = browser.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_told_without_what_stands_around_a_mail(told: Callable, browser: Client) -> None:
    told()

    text = page(browser)

    assert "It is the time you chose" in text
    assert "When it&#x27;s light, then walk." in text
    assert "/messages/stop/" not in text


def test_it_is_told_in_the_language_read_now(told: Callable, browser: Client) -> None:
    told()
    User.objects.update(language="zh-hans")

    assert "到了你选的时间" in page(browser, "/zh-hans/messages/")


def test_what_is_no_longer_there_leaves_its_kind_and_the_reason(
    told: Callable, kind_of: Callable[..., Kind], browser: Client
) -> None:
    told()
    kind_of(prepare=held("gone"))

    text = page(browser)

    assert "A nudge" in text
    assert "What it was about is no longer there." in text


def test_a_kind_of_old_and_a_broken_one_leave_the_page_whole(
    told: Callable, kind_of: Callable[..., Kind], browser: Client
) -> None:
    told("old")
    told("broken", kind="broken") if kind_of("broken") else None
    Notification.objects.filter(dedupe_key="old").update(kind="of-long-ago")
    kind_of("broken", prepare=lambda *_: 1 / 0)

    text = page(browser)

    assert "A message of an earlier kind" in text
    assert "Something went wrong on our side." in text
    assert "of-long-ago" not in text


def test_reading_changes_nothing(told: Callable, browser: Client) -> None:
    told()

    for path in ("/messages/", "/messages/unread/", "/messages/receipts/", "/messages/held/"):
        page(browser, path)
    found = Notification.objects.get()
    assert browser.get(f"/messages/{found.uuid}/open/").status_code == 405
    found.refresh_from_db()
    assert found.seen_at is None


def test_opening_leads_on_and_marks_as_read(told: Callable, browser: Client, now: datetime) -> None:
    found = told()

    answer = browser.post(f"/messages/{found.uuid}/open/")

    assert (answer.status_code, answer["Location"]) == (302, "/")
    found.refresh_from_db()
    assert found.seen_at == now
    assert browser.get("/messages/unread/").content == b"0"


def test_all_means_what_was_there_to_be_seen(told: Callable, browser: Client, now: datetime) -> None:
    told("a")
    later = told("b")
    Notification.objects.filter(pk=later.pk).update(created_at=now + timedelta(minutes=1))

    browser.post("/messages/read/", {"until": now.isoformat()})

    assert list(Notification.objects.filter(seen_at=None)) == [later]


def test_unchanged_is_answered_by_304(told: Callable, browser: Client) -> None:
    told()
    first = browser.get("/messages/unread/")

    assert browser.get("/messages/unread/", headers={"If-None-Match": first["ETag"]}).status_code == 304
    told("two")
    assert browser.get("/messages/unread/", headers={"If-None-Match": first["ETag"]}).content == b"2"
    assert Client().get("/messages/unread/").status_code == 403


def test_after_a_month_it_no_longer_calls(told: Callable, browser: Client, now: datetime) -> None:
    told()
    Notification.objects.update(created_at=now - timedelta(days=31))

    assert browser.get("/messages/unread/").content == b"0"
    assert 'data-unread="1"' in page(browser, "/me/settings/")
    note_all_unread(now=now)
    assert 'data-unread="0"' in page(browser, "/me/settings/")
    assert "It is the time you chose" in page(browser)


def test_the_head_of_a_page_asks_nothing(told: Callable, browser: Client) -> None:
    counts = []
    for key in ("a", "b", "c"):
        told(key)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert f'data-unread="{len(counts) + 1}"' in page(browser, "/me/settings/")
        counts.append(len([q for q in asked.captured_queries if "notifications_" in q["sql"]]))

    assert counts == [0, 0, 0]


def test_pages_go_back_in_time(told: Callable, browser: Client) -> None:
    for number in range(17):
        told(str(number))

    first = browser.get("/messages/")
    second = browser.get("/messages/", {"before": first.context["following"]})

    assert len(first.context["entries"]) == 15
    assert len(second.context["entries"]) == 2
    assert not {e.uuid for e in first.context["entries"]} & {e.uuid for e in second.context["entries"]}
    assert browser.get("/messages/", {"before": "nonsense"}).status_code == 200


def test_nobody_elses(told: Callable, as_person: Callable[..., Client]) -> None:
    found = told()
    other = as_person(make_reachable("other"))

    assert other.get("/messages/").context["entries"] == []
    assert other.post(f"/messages/{found.uuid}/open/").status_code == 404
    assert other.get("/messages/", {"before": str(found.uuid)}).context["entries"] == []


def test_the_question_is_asked_in_the_inbox_until_it_is_answered(
    told: Callable, kind_of: Callable[..., Kind], person: User, browser: Client, now: datetime
) -> None:
    from notifications.models import Pace  # noqa: PLC0415

    told()
    kind_of(is_nudge=True)
    Pace.objects.create(person=person, kind="nudge", asked_at=now)
    assert "would you like fewer of these?" in page(browser)

    browser.post("/messages/pace/", {"kind": "nudge", "answer": "keep"})

    assert "would you like fewer of these?" not in page(browser)
    answer(person=person, kind="nudge", answer="fewer", now=now)
    assert Pace.objects.get().every == 2


def test_an_app_reads_which_kinds_are_asked_about(
    kind_of: Callable[..., Kind], person: User, api_as: Callable[..., APIClient], now: datetime
) -> None:
    from notifications.models import Pace  # noqa: PLC0415

    kind, api, path = kind_of(is_nudge=True), api_as(person), "/api/v1/me/messages/pace/"
    assert api.get(path).json() == []
    Pace.objects.create(person=person, kind="nudge", asked_at=now)
    assert api.get(path).json() == [{"kind": "nudge", "label": str(kind.label), "why": str(kind.why)}]
    assert api_as(make_reachable("other")).get(path).json() == []

    api.post(path, {"kind": "nudge", "answer": "keep"})

    assert api.get(path).json() == []
    assert api_as(None).get(path).status_code == 401


def test_an_app_reads_marks_and_counts(told: Callable, person: User, api_as: Callable[..., APIClient]) -> None:
    first, second = told("a"), told("b")
    api = api_as(person)

    listed = api.get("/api/v1/me/messages/").json()["results"]
    assert {row["title"] for row in listed} == {"It is the time you chose"}
    assert api.get("/api/v1/me/messages/unread/").json() == {"unread": 2}
    assert api.post("/api/v1/me/messages/seen/", {"uuids": [str(first.uuid)]}).json() == {"unread": 1}
    until = second.created_at.isoformat()
    assert api.post("/api/v1/me/messages/seen/", {"until": until}).json() == {"unread": 0}
    assert api.post("/api/v1/me/messages/seen/", {}).status_code == 400
    other = api_as(make_reachable("other"))
    other.post("/api/v1/me/messages/seen/", {"uuids": [str(first.uuid)]})
    assert other.get("/api/v1/me/messages/").json()["results"] == []


def test_an_app_is_told_that_nothing_changed(told: Callable, person: User, api_as: Callable[..., APIClient]) -> None:
    told()
    api = api_as(person)
    tag = api.get("/api/v1/me/messages/unread/")["ETag"]

    assert api.get("/api/v1/me/messages/unread/", headers={"If-None-Match": tag}).status_code == 304
    told("b")
    assert api.get("/api/v1/me/messages/unread/", headers={"If-None-Match": tag}).json() == {"unread": 2}


def test_an_event_is_read_again_without_a_new_link(told: Callable, kind_of: Callable[..., Kind]) -> None:
    from notifications import kinds  # noqa: PLC0415

    seen = []
    kind_of(prepare=lambda *_: seen.append(kinds.is_reading()) or Content({"sentences": []}, "/"))
    found = told()
    from notifications.inbox import entry_of  # noqa: PLC0415

    entry_of(found, found.person, now=found.created_at)

    assert seen[-1]
    assert not any(seen[:-1])
