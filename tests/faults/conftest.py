"""What the scenes with real processes need: a mail server, and a Redis of their own to freeze and to wipe."""

from collections.abc import Iterator

import pytest

from tests.faults.celery_scene import OwnRedis, own_redis
from tests.kit.mail_sink import MailSink, running_mail_sink


@pytest.fixture
def sink() -> Iterator[MailSink]:
    with running_mail_sink() as running_sink:
        yield running_sink


@pytest.fixture
def redis() -> Iterator[OwnRedis]:
    with own_redis() as own:
        yield own
