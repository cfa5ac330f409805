"""Promise I2: a rule that is a bomb is refused within a second, beside its field."""

import json
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from groups.models import Event, Series
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
RULES = {
    "every second": "FREQ=SECONDLY",
    "every minute": "FREQ=MINUTELY;BYSECOND=0,1,2,3",
    "a thousand million": "FREQ=DAILY;COUNT=1000000000",
    "for ever": "FREQ=DAILY;UNTIL=99991231T235959Z",
    "positions": "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=" + ",".join(str(n) for n in range(1, 367)),
    "positions of nothing": "FREQ=MONTHLY;BYDAY=5MO;BYSETPOS=31",
    "a day that never is": "FREQ=MONTHLY;BYMONTHDAY=31;BYDAY=1MO",
    "a yearly bomb": "FREQ=YEARLY;BYWEEKNO=53;BYDAY=1MO;BYMONTH=2",
    "apart": "FREQ=DAILY;INTERVAL=999999999999",
    "none apart": "FREQ=DAILY;INTERVAL=0",
    "a megabyte": "FREQ=DAILY;BYMONTHDAY=" + "1," * 500_000,
    "lines": "FREQ=DAILY\r\nRRULE:FREQ=SECONDLY",
    "figures of another script": "FREQ=DAILY;INTERVAL=２",
    "nul": "FREQ=DAILY\x00",
    "surrogate": "FREQ=DAILY\ud800",
}
WHAT = {"title": "Mill", "place": "The lock", "setting": "water", "effort": "easy", "at_time": "18:30", "minutes": 60}


@pytest.mark.parametrize("name", RULES)
def test_a_hostile_rule_is_refused_at_once(cast: Cast, now: datetime, api_as: Any, name: str) -> None:
    body = WHAT | {"rrule": RULES[name], "starts_on": str((now + timedelta(days=3)).date())}
    client, began = api_as(cast.host), monotonic()

    answer = client.post(f"/api/v1/groups/{cast.group.uuid}/series/", json.dumps(body), content_type="application/json")

    assert monotonic() - began < 1
    refused = (answer.status_code, [one["field"] for one in answer.json().get("errors", [])])
    assert refused == ((413, []) if name == "a megabyte" else (400, ["rrule"]))
    assert (Series.objects.count(), Event.objects.count()) == (0, 0)


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2027-12-31"])
def test_days_far_away_are_refused(cast: Cast, now: datetime, api_as: Any, day: str) -> None:
    body = WHAT | {"rrule": "FREQ=DAILY", "starts_on": day}
    answer = api_as(cast.host).post(f"/api/v1/groups/{cast.group.uuid}/series/", body, format="json")
    assert (answer.status_code, Series.objects.count()) == (400, 0)


def test_control_a_plain_rule_makes_its_meetings(cast: Cast, now: datetime, api_as: Any) -> None:
    body = WHAT | {"rrule": "FREQ=WEEKLY", "starts_on": str((now + timedelta(days=3)).date())}
    answer = api_as(cast.host).post(f"/api/v1/groups/{cast.group.uuid}/series/", body, format="json")
    assert answer.status_code == 201
    assert Event.objects.count() > 3
