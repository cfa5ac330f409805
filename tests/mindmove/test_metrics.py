"""Figures for operators: read from the database, behind a token, and each that an alert names is there."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import yaml
from django.conf import settings as project
from django.test import Client
from prometheus_client.parser import text_string_to_metric_families

from notifications.models import Delivery
from notifications.services.ticks import note_tick
from tests.notifications.conftest import kind_of, person, put

__all__ = ["kind_of", "person", "put"]

pytestmark = pytest.mark.django_db

TOKEN = "a-token-of-the-operator"
RULES = (project.BASE_DIR / "docs" / "alerts.yml").read_text()


@pytest.fixture
def figures(settings: Any, client: Client) -> Callable[[], dict[tuple[str, ...], float]]:
    settings.METRICS_TOKEN = TOKEN

    def read() -> dict[tuple[str, ...], float]:
        answer = client.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
        assert answer.status_code == 200
        families = text_string_to_metric_families(answer.content.decode())
        return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}

    return read


@pytest.mark.parametrize(("token", "given"), [("", ""), ("", "Bearer "), (TOKEN, ""), (TOKEN, "Bearer wrong")])
def test_it_is_not_there_for_others(token: str, given: str, settings: Any, client: Client) -> None:
    settings.METRICS_TOKEN = token

    assert client.get("/metrics", headers={"authorization": given}).status_code == 404


def test_what_waits_and_for_how_long(figures: Callable, put: Callable, now: datetime) -> None:
    put("a", now=now - timedelta(minutes=5))
    put("b")
    put("later", now=now + timedelta(hours=1))

    found = figures()

    assert found["mindmove_due", "email"] == 2
    assert found["mindmove_oldest_unsent_seconds", "email"] == 300
    assert found["mindmove_due", "push"] == 0


def test_what_became_of_the_last_hour(figures: Callable, put: Callable, now: datetime) -> None:
    ends = [
        ("sent", "", now),
        ("sent", "", now - timedelta(hours=2)),
        ("suppressed", "expired", None),
        ("dead", "x", None),
    ]
    for n, (state, reason, sent_at) in enumerate(ends):
        Delivery.objects.filter(pk=put(str(n)).pk).update(state=state, reason=reason, sent_at=sent_at)

    found = figures()

    assert found["mindmove_sent_last_hour", "email"] == 1
    assert found["mindmove_held_back_last_hour", "email", "expired"] == 1
    assert found["mindmove_dead_letters", "email"] == 1


def test_who_is_at_work(figures: Callable, now: datetime) -> None:
    note_tick("plan", now=now)

    assert figures()["mindmove_last_tick_timestamp_seconds", "plan"] == now.timestamp()


def test_every_figure_that_an_alert_names_exists(figures: Callable, put: Callable, now: datetime) -> None:
    note_tick("plan", now=now)
    note_tick("deliver-email", now=now)
    Delivery.objects.filter(pk=put().pk).update(state="suppressed", reason="expired")
    named = set(re.findall(r"mindmove_\w+", RULES))

    assert named <= {name for name, *_ in figures()}
    assert all(
        rule["expr"] and rule["annotations"]["summary"] for g in yaml.safe_load(RULES)["groups"] for rule in g["rules"]
    )


def test_the_number_of_queries_is_fixed(
    figures: Callable, put: Callable, now: datetime, django_assert_num_queries: Callable
) -> None:
    for n in range(3):
        put(str(n))

    with django_assert_num_queries(6):
        figures()
