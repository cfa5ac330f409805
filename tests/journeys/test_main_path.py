"""The main path, end to end: read, sign up, join, answer, follow, log, and be reminded once."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from core import clock
from groups.models import Event, Rsvp
from notifications.services.delivery import deliver_due
from plans.models import MoodRating, SessionLog
from reminders.services.planning import plan_reminders
from tests.conftest import NOW
from tests.journeys.conftest import Club, at_local
from tests.journeys.newcomer import Newcomer
from tests.kit.mail_sink import MailSink

EMAIL = "xiaohe@people.example"
ANSWER = {"is_quiet": "", "is_first_time": "on"}
FOLLOW = {
    "starts_on": "2026-03-10",
    "cues": ["1", "2", "3"],
    "at_time": "18:30",
    "when_text": "我喝完下午的茶",
    "then_text": "出门走十分钟",
    "obstacle_text": "下雨",
    "instead_text": "我在走廊走两分钟",
}


@pytest.fixture
def xiaohe(club: Club, sink: MailSink, now: datetime) -> Newcomer:
    """Somebody who has signed up in Chinese and lives in Shanghai."""
    newcomer = Newcomer(EMAIL, sink)
    assert "小禾" in newcomer.sign_up("zh-hans")
    return newcomer


def test_a_visitor_reads_why_and_gets_ten_minutes(club: Club) -> None:
    visitor = Newcomer("nobody", sink=None)  # type: ignore[arg-type]
    english = visitor.read("/library/mechanisms/behavioural-activation/")
    chinese = visitor.read("/zh-hans/library/mechanisms/behavioural-activation/")
    assert "Behavioural activation" in english
    assert "Moderate" in english
    assert "Uphoff" in english
    assert "行为激活" in chinese
    assert "中等" in chinese
    action = visitor.read("/library/start/low-mood/")
    assert "/get-help/" in action
    assert "ten" in action.lower()


def test_joining_waiting_and_being_let_in(xiaohe: Newcomer, club: Club) -> None:
    group, event = club.cast.group, club.event
    xiaohe.send(f"/zh-hans/groups/{group.slug}/join/", {})
    page = xiaohe.send(f"/zh-hans/groups/{group.slug}/events/{event.uuid}/rsvp/", {"answer": "going", **ANSWER})
    assert "你在候补第 3 位" in page
    for person in [club.cast.owner, club.cast.host, club.waiting[0]]:
        leaver = Client()
        leaver.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        leaver.post(f"/groups/{group.slug}/events/{event.uuid}/rsvp/", {"answer": "declined"})
    deliver_due(now=clock.now())
    event = Event.objects.get(pk=event.pk)
    assert event.going_count == 2
    assert Rsvp.objects.get(event=event, person__email=EMAIL).status == Rsvp.Status.GOING
    assert len(xiaohe.mails()) == 2  # the code, and the seat
    assert event.title in xiaohe.mails()[1].text
    # The first in line had a seat and gave it back before the mail went out: nothing to tell them any more.
    assert [len(xiaohe.sink.to(person.email)) for person in club.waiting] == [0, 1]


def test_following_a_plan_logging_and_being_reminded_once(xiaohe: Newcomer, sink: MailSink) -> None:
    xiaohe.send("/zh-hans/plans/ten-minute-walk/follow/", FOLLOW)
    today = xiaohe.read("/zh-hans/")
    assert "/zh-hans/library/mechanisms/behavioural-activation/" in today
    _remind_all_day(sink)
    reminders = xiaohe.mails()[1:]
    assert len(reminders) == 1
    mail = reminders[0]
    assert "我喝完下午的茶" in mail.text
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert not any(word in mail.source.decode() for word in ("心情", "抑郁", "mood", "Ten-minute walk"))
    link = mail.message["List-Unsubscribe"].strip("<>").removeprefix("http://127.0.0.1:8000")
    assert Client().get(link).status_code == 200
    assert Client().post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    _remind_all_day(sink, day=1)
    assert len(xiaohe.mails()) == 2


def test_logging_a_step_with_mood_counts_and_stays_private(xiaohe: Newcomer, club: Club) -> None:
    xiaohe.send("/zh-hans/plans/ten-minute-walk/follow/", FOLLOW)
    person = User.objects.get(email=EMAIL)
    step = Client()
    step.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    form = step.get("/zh-hans/", follow=True).content.decode()
    begins = dict(re.findall(r'name="(enrollment|session)" value="([^"]+)"', form))
    path = step.post("/zh-hans/plans/begin/", begins).url
    log = {
        "uuid": "6f1f1ab0-67a3-4bd7-a6d2-6b0b6f0d3c11",
        "exercise_type": "walking",
        "minutes": "10",
        "intensity": "moderate",
        "mood_before": "2",
        "mood_after": "4",
    }
    for _twice in range(2):
        xiaohe.send(path, log)
    assert SessionLog.objects.get().local_on == NOW.date()
    moods = MoodRating.objects.visible_to(person).values_list("moment", "value")
    assert sorted(moods) == [("after", 4), ("before", 2)]
    _remind_all_day(xiaohe.sink)
    assert len(xiaohe.mails()) == 1  # done already: no reminder today


def test_nobody_else_reads_what_was_noted(xiaohe: Newcomer, club: Club) -> None:
    test_logging_a_step_with_mood_counts_and_stays_private(xiaohe, club)
    uuid = SessionLog.objects.get().uuid
    for person in [club.cast.host, club.cast.superuser]:
        other = Client()
        other.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        assert other.get(f"/plans/logs/{uuid}/").status_code == 404


def _remind_all_day(sink: MailSink, *, day: int = 0) -> None:
    """Tick every five minutes from four in the afternoon to ten in the evening, in Shanghai."""
    start = at_local(NOW, days=day, hour=16, zone="Asia/Shanghai")
    for minutes in range(0, 360, 5):
        tick = start + timedelta(minutes=minutes)
        with clock.frozen_at(tick):
            plan_reminders(now=tick)
            deliver_due(now=tick)
