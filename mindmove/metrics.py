"""Figures for Prometheus, read from the database when it asks: the same whichever process answers."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from core import clock
from notifications.models import Delivery, Tick
from plans.models import Cue

HOUR = timedelta(hours=1)
STATE = Delivery.State


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer whoever knows `METRICS_TOKEN`; for everybody else, and without one, there is nothing here."""
    wanted, given = settings.METRICS_TOKEN, request.headers.get("Authorization", "")
    if not wanted or not constant_time_compare(given, f"Bearer {wanted}"):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Figures(clock.now()))
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Figures(Collector):
    """A fixed number of queries, each over an index of what is waiting, dead or recent."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def describe(self) -> list[Any]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        yield from self._waiting()
        yield from self._recent()
        yield from self._at_work()

    def _waiting(self) -> Iterator[GaugeMetricFamily]:
        due = _gauge("due", "Messages whose time has come and that were not sent yet.", ["channel"])
        oldest = _gauge("oldest_unsent_seconds", "For how long the oldest of them has been due.", ["channel"])
        dead = _gauge("dead_letters", "Messages given up and not replayed.", ["channel"])
        waiting = Delivery.objects.filter(state=STATE.PENDING, next_attempt_at__lte=self.now)
        counted = {
            channel: (count, first)
            for channel, count, first in waiting.values_list("channel").annotate(Count("pk"), Min("next_attempt_at"))
        }
        given_up = dict(Delivery.objects.filter(state=STATE.DEAD).values_list("channel").annotate(Count("pk")))
        for channel in Delivery.Channel.values:  # zeros too: an alert cannot compare what is not there
            count, first = counted.get(channel, (0, self.now))
            due.add_metric([channel], count)
            oldest.add_metric([channel], (self.now - first).total_seconds())
            dead.add_metric([channel], given_up.get(channel, 0))
        yield from (due, oldest, dead)

    def _recent(self) -> Iterator[GaugeMetricFamily]:
        sent = _gauge("sent_last_hour", "Messages handed over in the last hour.", ["channel"])
        held = _gauge("held_back_last_hour", "Messages due in the last hour and held back.", ["channel", "reason"])
        handed_over = Delivery.objects.filter(state=STATE.SENT, sent_at__gt=self.now - HOUR)
        counted = dict(handed_over.values_list("channel").annotate(Count("pk")))
        for channel in Delivery.Channel.values:
            sent.add_metric([channel], counted.get(channel, 0))
        kept = Delivery.objects.filter(state=STATE.SUPPRESSED, next_attempt_at__gt=self.now - HOUR)
        for channel, reason, count in kept.values_list("channel", "reason").annotate(Count("pk")):
            held.add_metric([channel, reason], count)
        yield from (sent, held)

    def _at_work(self) -> Iterator[GaugeMetricFamily]:
        last = _gauge("last_tick_timestamp_seconds", "When planning and sending were last done.", ["name"])
        for name, at in Tick.objects.values_list("name", "at"):
            last.add_metric([name], at.timestamp())
        oldest = Cue.objects.filter(next_at__lte=self.now).aggregate(first=Min("next_at"))["first"]
        behind = _gauge("oldest_cue_seconds", "For how long the oldest cue that came round has not been looked at.", [])
        behind.add_metric([], (self.now - oldest).total_seconds() if oldest else 0)
        yield from (last, behind)


def _gauge(name: str, words: str, labels: list[str]) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"mindmove_{name}", words, labels=labels)
