"""Several plans at a time: one message within the hour, decided when it is sent."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest

from accounts.models import User
from notifications.models import Delivery, Notification
from notifications.services.delivery import deliver_due
from plans.models import Enrollment, Pause, SessionLog
from reminders.services.planning import plan_reminders
from tests.kit.mail_sink import MailSink
from tests.plans.kit import make_type
from tests.reminders.conftest import follow, make_template

pytestmark = pytest.mark.django_db

TUESDAY = 1


def plan(person: User, slug: str, at: time) -> Enrollment:
    return follow(person, (TUESDAY, at), template=make_template(slug), when_text=f"it is {slug}", then_text="I go")


def pass_time(now: datetime, *, minutes: int = 120) -> None:
    """Let the reminders tick for a while, every quarter of an hour."""
    for quarter in range(minutes // 15 + 1):
        tick = now + timedelta(minutes=15 * quarter)
        plan_reminders(now=tick)
        deliver_due(now=tick + timedelta(seconds=5))


def fates() -> dict[str, str]:
    rows = Delivery.objects.filter(channel="email").values_list("notification__about_id", "state", "reason")
    plans = {str(e.uuid): e.template.slug for e in Enrollment.objects.select_related("template")}
    return {plans[about]: reason or state for about, state, reason in rows}


@pytest.mark.parametrize("later", [time(10, 0), time(10, 45), time(11, 0)])
def test_within_the_hour_one_message_quotes_each_sentence(
    later: time, mika: User, sink: MailSink, now: datetime
) -> None:
    plan(mika, "early", time(10, 0))
    plan(mika, "late", later)

    pass_time(now)

    (mail,) = sink.mails
    assert "When it is early, then I go." in mail.text
    assert "When it is late, then I go." in mail.text
    assert sorted(fates().values()) == ["sent", "told_together"]


def test_further_apart_each_has_its_own(mika: User, sink: MailSink, now: datetime) -> None:
    for slug, at in [("first", time(10, 0)), ("second", time(10, 45)), ("third", time(11, 30))]:
        plan(mika, slug, at)

    pass_time(now)

    assert fates() == {"first": "sent", "second": "told_together", "third": "sent"}
    assert ["third" in mail.text for mail in sink.mails] == [False, True]


def test_where_the_first_is_held_the_second_speaks(mika: User, sink: MailSink, now: datetime) -> None:
    early = plan(mika, "early", time(10, 0))
    plan(mika, "late", time(10, 30))
    values = {"minutes": 5, "intensity": "light", "exercise_type": make_type("walking")}
    SessionLog.objects.create(person=mika, enrollment=early, done_at=now, local_on=date(2026, 3, 10), **values)

    pass_time(now)

    assert fates() == {"early": "already_done", "late": "sent"}
    assert "early" not in sink.mails[0].text


def test_what_rests_is_not_quoted(mika: User, sink: MailSink, now: datetime) -> None:
    plan(mika, "early", time(10, 0))
    Pause.objects.create(person=mika, enrollment=plan(mika, "late", time(10, 30)), starts_on=date(2026, 3, 1))

    pass_time(now)

    assert fates() == {"early": "sent", "late": "paused"}
    assert "late" not in sink.mails[0].text


def test_somebody_elses_plan_is_not_told(mika: User, sink: MailSink, now: datetime) -> None:
    plan(mika, "early", time(10, 0))
    other = User.objects.create_user("lou@people.example", "x", time_zone="Europe/Berlin")
    plan(other, "late", time(10, 0))

    pass_time(now, minutes=0)

    assert "late" not in sink.mails[0].text


def test_both_due_at_once_after_an_outage_are_one_message(mika: User, sink: MailSink, now: datetime) -> None:
    plan(mika, "early", time(10, 0))
    plan(mika, "late", time(10, 30))

    pass_time(now + timedelta(minutes=40), minutes=0)

    assert len(sink.mails) == 1
    assert fates() == {"early": "sent", "late": "told_together"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_same_number_of_queries_however_many_plans(
    count: int, mika: User, sink: MailSink, now: datetime, django_assert_num_queries: Callable
) -> None:
    from reminders.kinds.cues import prepare_session_cue  # noqa: PLC0415 - what is counted

    for n in range(count):
        plan(mika, f"plan-{n}", time(10, n))
    plan_reminders(now=now)

    with django_assert_num_queries(7):
        prepare_session_cue(Notification.objects.select_related("person").get(), now)
