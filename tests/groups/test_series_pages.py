"""The pages of what recurs, at a fixed number of queries."""

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from groups.models import Event, Series
from groups.services.rsvps import rsvp
from tests.groups.kit import GOING
from tests.groups.services.test_series import make_series, meetings
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

WHAT = {
    "title": "Along the canal", "on": "2026-03-17", "at": "18:00", "minutes": 60, "time_zone": "Europe/Berlin",
    "place": "The lock", "setting": "water", "effort": "easy",
}  # fmt: skip


def test_a_host_plans_a_series_without_typing_a_rule(cast: Cast, now: datetime, as_person) -> None:
    url = reverse("groups:new_event", args=[cast.group.slug])
    made = as_person(cast.host).post(url, {**WHAT, "repeats": "weekly", "weekdays": ["1", "4"]})
    series = Series.objects.get()
    assert made.url == reverse("groups:series", args=[cast.group.slug, series.uuid])
    assert series.rrule == "FREQ=WEEKLY;BYDAY=TU,FR"
    assert "Every week on Tuesday and Friday" in as_person(None).get(made.url).content.decode()


def test_what_a_newcomer_wants_to_know_is_asked_beside_each_field_and_nothing_typed_is_gone(
    cast: Cast, now: datetime, as_person
) -> None:
    url = reverse("groups:new_event", args=[cast.group.slug])
    page = as_person(cast.host).post(url, {**WHAT, "is_newcomer_friendly": "on", "pace": "As slow as a heron"})
    form = page.context["form"]
    assert set(form.errors) == {"where_to_stand", "how_it_goes", "toilets", "leaving_early", "greeter"}
    assert "As slow as a heron" in page.content.decode()
    assert not Event.objects.exists()


def test_the_form_says_beforehand_what_it_touches_and_moves_it(cast: Cast, now: datetime, as_person) -> None:
    first, second, *_ = meetings(make_series(cast, now))
    rsvp(event=second, person=cast.member, answer=GOING, now=now)
    url = reverse("groups:change_following", args=[cast.group.slug, first.uuid])
    client = as_person(cast.host)
    page = client.get(url).content.decode()
    assert "8 planned meetings change" in page
    assert "1 of them has answers" in page
    said = {**WHAT, "at": "19:00", "repeats": "weekly", "weekdays": ["1"], "until": "2026-09-01"}
    saved = client.post(url, said, follow=True).content.decode()
    assert "8 meetings changed, every answer stays." in saved
    second.refresh_from_db()
    assert second.going_count == 1
    off = client.post(reverse("groups:cancel_following", args=[cast.group.slug, second.uuid]), follow=True)
    assert "called off" in off.content.decode()


def test_the_page_of_one_says_that_it_was_changed_alone(cast: Cast, now: datetime, as_person) -> None:
    event = meetings(make_series(cast, now))[0]
    edit = reverse("groups:edit_event", args=[cast.group.slug, event.uuid])
    assert "This changes this one meeting" in as_person(cast.host).get(edit).content.decode()
    page = as_person(cast.host).post(edit, {**WHAT, "at": "17:00"}, follow=True).content.decode()
    assert "This meeting was changed on its own" in page


@pytest.mark.parametrize(
    ("name", "what"), [("change_following", "event"), ("cancel_following", "event"), ("keep_series", "series")]
)
def test_only_hosts_do(cast: Cast, now: datetime, as_person, name: str, what: str) -> None:
    series = make_series(cast, now)
    about = meetings(series)[0] if what == "event" else series
    url = reverse(f"groups:{name}", args=[cast.group.slug, about.uuid])
    assert as_person(cast.member).post(url).status_code == 403
    assert as_person(cast.banned).post(url).status_code == 404


def test_a_longer_series_asks_no_more_of_the_database(cast: Cast, now: datetime, as_person) -> None:
    one = make_series(cast, now, runs_until=date(2026, 3, 18), greeter=cast.host)
    many = make_series(cast, now, greeter=cast.host)
    client = as_person(cast.member)
    counts = []
    for series in (one, many):
        url = reverse("groups:series", args=[cast.group.slug, series.uuid])
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        counts.append(len(queries))
    assert counts[0] == counts[1]
