"""A day that was set aside and taken back while the cue still makes sense is told of after all."""

from datetime import date, datetime, time, timedelta

import pytest

from accounts.models import User
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from plans.models import DayChange
from reminders.services.planning import plan_reminders
from tests.kit.mail_sink import MailSink
from tests.reminders.conftest import follow, put_on

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("moved_to", [None, date(2026, 3, 11)])
@pytest.mark.parametrize("is_taken_back", [True, False])
def test_a_day_that_was_set_aside(
    is_taken_back: bool, moved_to: date | None, mika: User, sink: MailSink, now: datetime
) -> None:
    put_on(follow(mika, (1, time(10, 0))), date(2026, 3, 10), moved_to)
    plan_reminders(now=now)
    deliver_due(now=now)
    assert Delivery.objects.get(channel="email").state == Delivery.State.PENDING
    if is_taken_back:
        DayChange.objects.all().delete()

    for minutes in range(0, 180, 5):
        deliver_due(now=now + timedelta(minutes=minutes))

    delivery = Delivery.objects.get(channel="email")
    expected = ("sent", "") if is_taken_back else ("suppressed", "moved" if moved_to else "resting")
    assert (delivery.state, delivery.reason) == expected
    assert len(sink.mails) == is_taken_back
