"""Mail through a provider's API (anymail), chosen by settings alone; what it answers decides what follows."""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from notifications.models import Delivery
from notifications.services.delivery import deliver_due
from tests.kit.push_sink import Answer, PushSink

pytestmark = pytest.mark.django_db

Put = Callable[..., Delivery]
POSTMARK = "anymail.backends.postmark.EmailBackend"


@pytest.fixture
def provider(push: PushSink, settings: Any) -> PushSink:
    """A provider's API on this machine."""
    options = {"server_token": "a-token", "api_url": push.url("/")}
    settings.MAILERS = {"default": {"BACKEND": POSTMARK, "OPTIONS": options}}
    return push


def test_a_provider_takes_it(put: Put, now: datetime, settings: Any) -> None:
    settings.MAILERS = {"default": {"BACKEND": "anymail.backends.test.EmailBackend"}}
    put()

    assert deliver_due(now=now) == {"sent": 1}


@pytest.mark.parametrize(
    ("answer", "reason", "is_dead"),
    [
        (Answer(422), "mail_api_422", True),
        (Answer(401), "mail_api_401", False),  # a wrong key is the operator's to mend, and nobody's message lost
        (Answer(500), "mail_api_500", False),
        (Answer(429, retry_after=7200), "mail_api_429", False),
    ],
)
def test_what_it_answers_decides(
    answer: Answer, reason: str, is_dead: bool, put: Put, provider: PushSink, now: datetime
) -> None:
    delivery = put()
    provider.will(answer)

    deliver_due(now=now)

    delivery.refresh_from_db()
    assert (delivery.state, delivery.reason) == ("dead" if is_dead else "pending", reason)
    assert provider.posts[0].headers["x-postmark-server-token"] == "a-token"
    if answer.retry_after:
        assert delivery.next_attempt_at >= now + timedelta(hours=2)


def test_it_is_chosen_by_the_environment() -> None:
    told = {"EMAIL_BACKEND": POSTMARK, "EMAIL_OPTIONS": '{"server_token": "a-token"}'}
    ask = "from mindmove.settings import base; print(base.MAILERS['default'])"

    said = subprocess.check_output([sys.executable, "-c", ask], env=os.environ | told, text=True)

    assert said.strip() == str({"BACKEND": POSTMARK, "OPTIONS": {"server_token": "a-token"}})
