"""Each setting of messages changes what is sent, through the real delivery."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.models import User
from notifications.choices import choices_of
from notifications.kinds import Kind
from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from tests.kit.mail_sink import MailSink

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]


def save(client: Client, person: User, **changes: object) -> None:
    """Send the form of all settings, as it stands, with the changes."""
    form = client.get("/me/settings/").context["form"]
    values = {name: form[name].value() for name in form.fields}
    values = {name: "" if value is None else value for name, value in values.items()}
    answer = client.post("/me/settings/", {**values, "hides_numbers": "", **changes})
    assert answer.status_code == 302, answer.context["form"].errors


def fate(channel: str = "email") -> tuple[str, str]:
    return Delivery.objects.values_list("state", "reason").get(channel=channel)


@pytest.mark.parametrize("door", ["form", "api"])
@pytest.mark.parametrize(
    ("changes", "outcome", "reason"),
    [
        ({"quiet_from": "09:30", "quiet_until": "11:00"}, "postponed", "quiet_hours"),
        ({"weekly_message_budget": 0}, "suppressed", "weekly_budget"),
        ({"messages_paused_until": "2026-03-11"}, "suppressed", "messages_paused"),
        ({"messages_paused_until": "2026-03-10"}, "sent", ""),
    ],
)
def test_a_setting_holds_it_back(
    door: str, changes: dict[str, object], outcome: str, reason: str, person: User, put: Put, sink: MailSink,
    now: datetime, as_person: Callable[..., Client], api_as: Callable[..., APIClient],
) -> None:  # fmt: skip
    put()
    if door == "form":
        save(as_person(person), person, **changes)
    else:
        assert api_as(person).patch("/api/v1/me/", changes).status_code == 200

    assert deliver_due(now=now) == {outcome: 1}
    assert fate()[1] == reason


def test_control_without_a_setting_it_is_sent(put: Put, sink: MailSink, now: datetime) -> None:
    put()

    assert deliver_due(now=now) == {"sent": 1}


@pytest.mark.parametrize("door", ["form", "api"])
@pytest.mark.parametrize("channel", ["email", "inbox"])
def test_a_kind_off_by_one_channel_comes_by_the_others(
    door: str, channel: str, person: User, put: Put, sink: MailSink, now: datetime,
    as_person: Callable[..., Client], api_as: Callable[..., APIClient],
) -> None:  # fmt: skip
    put()
    if door == "form":
        on = {f"{choice.kind}:{switch.channel}" for choice in choices_of(person) for switch in choice.switches}
        as_person(person).post("/messages/choose/", {"wanted": sorted(on - {f"nudge:{channel}"})})
    else:
        change = {"kind": "nudge", "switches": [{"channel": channel, "is_wanted": False}]}
        assert api_as(person).patch("/api/v1/me/messages/settings/", change).status_code == 200

    for each in ("email", "inbox"):
        deliver_due(now=now, channel=each)
        assert fate(each) == (("suppressed", "not_wanted") if each == channel else ("sent", ""))


@pytest.mark.parametrize("door", ["form", "api"])
def test_one_of_two(
    door: str, person: User, put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime,
    as_person: Callable[..., Client], api_as: Callable[..., APIClient],
) -> None:  # fmt: skip
    put()
    kind_of(is_nudge=True)
    if door == "form":
        as_person(person).post("/messages/choose/", {"wanted": ["nudge:email"], "every-nudge": "2"})
    else:
        assert api_as(person).patch("/api/v1/me/messages/settings/", {"kind": "nudge", "every": 2}).status_code == 200

    assert deliver_due(now=now) == {"suppressed": 1}
    assert fate() == ("suppressed", "backed_off")


@pytest.mark.parametrize("field", ["is_owed", "urgent"])
def test_a_pause_lets_through_what_cannot_wait(
    field: str, put: Put, kind_of: Callable[..., Kind], sink: MailSink, now: datetime
) -> None:
    put()
    kind_of(**({"is_owed": True} if field == "is_owed" else {"waits_for_morning": False}))
    User.objects.update(messages_paused_until=date(2026, 4, 1))

    assert deliver_due(now=now) == {"sent": 1}


def test_quiet_hours_and_budget_are_about_what_rings(person: User, put: Put, sink: MailSink, now: datetime) -> None:
    User.objects.update(quiet_from=time(9, 30), quiet_until=time(11, 0), weekly_message_budget=0)
    put()

    assert deliver_due(now=now, channel=Delivery.Channel.INBOX) == {"sent": 1}
    assert deliver_due(now=now) == {"postponed": 1}
    assert deliver_due(now=now + timedelta(hours=1)) == {"suppressed": 1}
