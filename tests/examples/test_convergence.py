"""Two phones and the web end with the same, however they wrote while they were apart (docs/api.md says by which rule).

A short week here; `python -m bench.convergence` lets them be apart for 10,000 edits.
"""

import os
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core import clock
from plans.models import GoneLog
from tests.kit.generated_client import import_phone

import_phone()

from phone import sending  # noqa: E402
from phone.store import Edit, Request, Store  # noqa: E402
from phone.wire import part_of  # noqa: E402

from tests.kit.week.apart import Apart, Figures  # noqa: E402

pytestmark = pytest.mark.django_db
EDITS = int(os.environ.get("CONVERGENCE_EDITS", "150"))
SEED = int(os.environ.get("CONVERGENCE_SEED", "1"))
A_WEEK = 200  # edits in one week, at most


def apart(edits: int, seed: int, now: datetime) -> Apart:
    """Let them be apart for so many edits, and say after each week how it went."""
    found, began = Apart(seed, now), time.monotonic()
    while edits > 0:
        found.week(min(edits, A_WEEK))
        edits -= A_WEEK
        print(figures_of(found, time.monotonic() - began), *found.figures.faults[:10], sep="\n")  # noqa: T201
    return found


def figures_of(found: Apart, seconds: float) -> str:
    figures: Figures = found.figures
    return (
        f"{figures.weeks} weeks apart, {figures.operations.total()} edits ({dict(figures.operations)}), "
        f"{figures.conflicts} conflicts, {figures.syncs} syncs, {found.road.dropped} replies that went astray, "
        f"{found.road.repeats} requests brought twice, {len(figures.faults)} faults, {seconds:.0f} s"
    )


def test_two_phones_and_the_web_end_with_the_same(now: datetime) -> None:
    found = apart(EDITS, SEED, now)
    assert found.figures.faults == []
    assert found.figures.refused == 0
    assert found.figures.conflicts > 0
    assert found.road.repeats > 0 < found.road.dropped


def careless(client: Any, store: Store, edit: Edit) -> Request:
    """Put an edit into words without asking what is there, and without saying what it changes."""
    store.word(edit, request := Request(body=edit.fields))
    return request


def nameless(edit: Edit, request: Request) -> Any:
    """Say an edit without a name that would make it known again."""
    part = part_of(edit, request)
    part.id = uuid4()
    part.body = {name: value for name, value in part.body.items() if name != "uuid"}
    return part


@pytest.fixture
def pair(now: datetime) -> Iterator[Apart]:
    """Return two phones and the web, with one log that all know of."""
    found = Apart(SEED, now)
    with clock.frozen_at(now):
        found.web.make(now, {"minutes": 20, "intensity": "light", "note": "Frost."})
        for phone in found.phones:
            phone.phone.sync()
        yield found


@pytest.mark.parametrize("heeds", [True, False])
def test_words_written_on_two_sides_are_both_kept_only_by_if_match(
    pair: Apart, monkeypatch: pytest.MonkeyPatch, *, heeds: bool
) -> None:
    if not heeds:
        monkeypatch.setattr(sending, "_word", careless)
    phone, (key,) = pair.phones[0], pair.web.logs()
    phone.change(pair.now, key, {"note": "Sun.", "minutes": 25})
    pair.web.change(pair.now, key, {"note": "Snow.", "intensity": "moderate"})

    phone.phone.sync()

    log = pair.web.logs()[key]
    assert (log["note"], log["minutes"], log["intensity"]) == ("Snow.\nSun." if heeds else "Sun.", 25, "moderate")
    assert phone.state()["logs"] == pair.web.logs()


@pytest.mark.parametrize("names", [True, False])
def test_what_is_said_again_is_there_once_only_by_its_names(
    pair: Apart, monkeypatch: pytest.MonkeyPatch, *, names: bool
) -> None:
    if not names:
        monkeypatch.setattr(sending, "part_of", nameless)
    phone = pair.phones[0]
    phone.make(pair.now, {"minutes": 30, "intensity": "light"})
    pair.road.is_deaf = True
    with pytest.raises(httpx.ReadTimeout):
        phone.phone.sync()
    pair.road.is_deaf = False

    phone.phone.sync()

    assert [log["minutes"] for log in pair.web.logs().values()].count(30) == (1 if names else 2)


@pytest.mark.parametrize("remembers", [True, False])
def test_a_log_that_was_deleted_meanwhile_comes_back_only_if_the_site_forgot(
    pair: Apart, monkeypatch: pytest.MonkeyPatch, *, remembers: bool
) -> None:
    """The phone hears nothing of its log being taken, and says it again when the first reply is kept no more."""
    if not remembers:
        monkeypatch.setattr("plans.services.gone_logs.gone_under", lambda **_: GoneLog.objects.none())
    phone = pair.phones[0]
    key = phone.make(pair.now, {"minutes": 30, "intensity": "light"})
    pair.road.is_deaf = True
    with pytest.raises(httpx.ReadTimeout):
        phone.phone.sync()
    pair.web.delete(pair.now, key)
    pair.road.is_deaf = False

    with clock.frozen_at(pair.now + timedelta(days=3)):
        phone.phone.sync()

    assert (key in pair.web.logs(), key in phone.logs()) == ((False, False) if remembers else (True, True))


def test_what_was_made_and_taken_back_between_two_readings_stays_on_no_phone(pair: Apart) -> None:
    phone = pair.phones[0]
    key = phone.make(pair.now, {"minutes": 30, "intensity": "light"})
    sending.send_all(phone.phone.client, phone.store)
    assert key in phone.logs()
    pair.web.delete(pair.now, key)

    phone.phone.sync()

    assert key not in phone.logs()
