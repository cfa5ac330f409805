"""What waited for the morning is one message, with one fate and one Message-ID."""

import re
from collections.abc import Callable
from datetime import datetime, time, timedelta

import pytest
from django.test import Client

from accounts.models import User
from notifications.kinds import Content, Kind
from notifications.models import Delivery, Notification, Preference
from notifications.services import marks
from notifications.services.claims import LEASE, claim, still_ours
from notifications.services.delivery import deliver_due
from notifications.services.merging import gather
from tests.kit.mail_sink import MailSink, Reply
from tests.notifications.conftest import held, make_reachable

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]
MORNING = timedelta(hours=1)


@pytest.fixture
def night(put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime) -> datetime:
    """Let three messages wait for the morning; return the morning."""
    kind_of("other", prepare=lambda *_: Content({"sentences": [{"when_text": "rain", "then_text": "stairs"}]}, "/x/"))
    User.objects.update(quiet_from=time(9, 30), quiet_until=time(11, 0))  # it is 10:00 in Berlin
    for key, kind in [("a", "nudge"), ("b", "other"), ("c", "nudge")]:
        put(key, kind=kind)
    assert deliver_due(now=now) == {"postponed": 3}
    return now + MORNING


def fates() -> dict[str, tuple[str, str]]:
    rows = Delivery.objects.filter(channel="email").values_list("notification__dedupe_key", "state", "reason")
    return {key: (state, reason) for key, state, reason in rows}


def test_one_message_tells_all(night: datetime, sink: MailSink) -> None:
    deliver_due(now=night)

    assert fates() == {"a": ("sent", ""), "b": ("suppressed", "merged"), "c": ("suppressed", "merged")}
    lead = Delivery.objects.get(state="sent")
    assert set(Delivery.objects.filter(channel="email").exclude(pk=lead.pk).values_list("merged_into", flat=True)) == {
        lead.pk
    }
    (mail,) = sink.mails
    assert mail.message["Subject"] == "3 things that waited for you"
    for words in ("When it's light, then walk.", "When rain, then stairs.", "/x/"):
        assert words in mail.text
    assert "stairs" in mail.html


def test_control_what_did_not_wait_goes_by_itself(put: Put, sink: MailSink, now: datetime) -> None:
    for key in ("a", "b"):
        put(key)

    assert deliver_due(now=now) == {"sent": 2}


def test_each_person_has_their_own(night: datetime, put: Put, sink: MailSink, now: datetime) -> None:
    other = make_reachable("other", quiet_from=time(9, 30), quiet_until=time(11, 0))
    put("of another", person=other)
    deliver_due(now=now)

    deliver_due(now=night)

    assert sorted(mail.message["To"] for mail in sink.mails) == ["mika@people.example", "other@people.example"]


def test_what_no_longer_holds_is_left_out(night: datetime, kind_of: Callable[..., Kind], sink: MailSink) -> None:
    kind_of("other", prepare=held("already_done"))

    deliver_due(now=night)

    assert fates() == {"a": ("sent", ""), "b": ("suppressed", "already_done"), "c": ("suppressed", "merged")}
    assert sink.mails[0].message["Subject"] == "2 things that waited for you"


def test_a_message_alone_is_itself(night: datetime, kind_of: Callable[..., Kind], sink: MailSink) -> None:
    kind_of("nudge", prepare=held("already_done"))

    deliver_due(now=night)

    assert sink.mails[0].message["Subject"] == "It is the time you chose"


def test_tried_again_it_is_the_same_message(night: datetime, sink: MailSink) -> None:
    sink.will(Reply.TAKE_AND_DROP)

    deliver_due(now=night)
    deliver_due(now=night + timedelta(minutes=2))

    first, second = sink.mails
    assert first.message["Message-ID"] == second.message["Message-ID"]
    assert first.text == second.text
    assert fates()["b"] == ("suppressed", "merged")


def test_when_the_lead_falls_away_its_copy_is_still_recognised(
    night: datetime, kind_of: Callable[..., Kind], sink: MailSink
) -> None:
    sink.will(Reply.TAKE_AND_DROP)
    deliver_due(now=night)
    kind_of("nudge", prepare=held("already_done"))

    for minute in (2, 3, 4):
        deliver_due(now=night + timedelta(minutes=minute))

    assert {mail.message["Message-ID"] for mail in sink.mails} == {sink.mails[0].message["Message-ID"]}
    assert fates() == {k: (("sent", "") if k == "b" else ("suppressed", "already_done")) for k in "abc"}


def test_given_up_together(night: datetime, sink: MailSink) -> None:
    sink.will(Reply.PERMANENT)

    deliver_due(now=night)

    assert set(fates().values()) == {("dead", "smtp_550")}


def test_what_another_sender_claimed_is_taken_and_it_sends_nothing(night: datetime, sink: MailSink) -> None:
    (of_another,) = claim(now=night, limit=1)
    (mine,) = claim(now=night, limit=1)

    others = gather(mine, now=night)

    assert {of_another.pk} < {other.pk for other in others}
    assert still_ours([of_another]) == []
    assert marks.move_on(None, of_another, now=night, lease=LEASE) == set()


def test_what_another_sender_has_begun_is_left_to_it(night: datetime, sink: MailSink) -> None:
    (of_another,) = claim(now=night, limit=1)
    (mine,) = claim(now=night, limit=1)
    assert marks.move_on(None, of_another, now=night, lease=LEASE)

    assert of_another.pk not in {other.pk for other in gather(mine, now=night)}


def test_who_travelled_into_another_night_waits_again(night: datetime, sink: MailSink) -> None:
    User.objects.update(time_zone="Asia/Tokyo", quiet_from=time(18, 0), quiet_until=time(23, 0))  # it is 19:00 there

    assert deliver_due(now=night) == {"postponed": 3}
    deliver_due(now=night + timedelta(hours=4))

    assert len(sink.mails) == 1


def test_it_weighs_as_one_on_the_budget(night: datetime, put: Put, sink: MailSink) -> None:
    User.objects.update(weekly_message_budget=2)
    deliver_due(now=night)

    put("later", now=night + MORNING)

    assert deliver_due(now=night + MORNING)["sent"] == 1


def test_led_by_one_that_does_not_count_it_weighs_as_one(
    night: datetime, put: Put, kind_of: Callable[..., Kind], sink: MailSink
) -> None:
    kind_of("nudge", is_bulk=False)  # leads
    User.objects.update(weekly_message_budget=1)
    deliver_due(now=night)
    assert fates()["b"] == ("suppressed", "merged")

    put("later", kind="other", now=night)
    put("of no weight", now=night)

    assert deliver_due(now=night) == {"sent": 1, "suppressed": 1}
    assert fates()["later"] == ("suppressed", "weekly_budget")


def test_control_led_by_one_that_does_not_count_it_weighs_nothing_without_bulk(
    night: datetime, put: Put, kind_of: Callable[..., Kind], sink: MailSink
) -> None:
    kind_of("nudge", is_bulk=False)
    kind_of("other", is_bulk=False)
    User.objects.update(weekly_message_budget=1)
    deliver_due(now=night)

    kind_of("of weight")
    put("later", kind="of weight", now=night)

    assert deliver_due(now=night) == {"sent": 1}


def test_one_that_does_not_count_goes_when_another_sender_took_the_last_place_of_what_it_tells(
    night: datetime, put: Put, kind_of: Callable[..., Kind], sink: MailSink
) -> None:
    of_another = put("of another sender", kind="other", now=night + timedelta(days=1))

    def meanwhile(*_: object) -> Content:
        Delivery.objects.filter(pk=of_another.pk).update(state="sent", sent_at=night)
        return Content({"sentences": []}, "/x/")

    kind_of("nudge", is_bulk=False)
    kind_of("other", prepare=meanwhile)
    User.objects.update(weekly_message_budget=1)

    deliver_due(now=night)

    assert [fates()[key] for key in "abc"] == [("sent", ""), ("suppressed", "weekly_budget"), ("suppressed", "merged")]
    assert sink.mails[0].message["Subject"] == "2 things that waited for you"


def test_one_click_stops_the_kinds_that_it_told(night: datetime, sink: MailSink) -> None:
    deliver_due(now=night)
    link = re.sub(r"^http://[^/]+", "", sink.mails[0].message["List-Unsubscribe"].strip("<>"))

    page = Client(enforce_csrf_checks=True).post(link, {"List-Unsubscribe": "One-Click"})

    assert page.status_code == 200
    assert set(Preference.objects.refused().values_list("kind", flat=True)) == {"nudge", "other"}
    assert Notification.objects.count() == 3


def test_what_an_unreachable_server_sent_back_is_still_one_message(night: datetime, sink: MailSink) -> None:
    (mine,) = claim(now=night, limit=1)
    gather(mine, now=night)
    marks.put_back([mine], now=night)

    deliver_due(now=night + timedelta(minutes=1))

    (mail,) = sink.mails
    assert mail.message["Subject"] == "3 things that waited for you"


def test_what_waited_is_one_message_though_the_server_was_away_first(night: datetime, sink: MailSink) -> None:
    marks.put_back(claim(now=night), now=night)

    deliver_due(now=night + timedelta(minutes=1))

    (mail,) = sink.mails
    assert mail.message["Subject"] == "3 things that waited for you"
