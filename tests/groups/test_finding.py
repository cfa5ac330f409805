"""Finding what is near, on a day, for a first time; through page and API alike."""

from datetime import datetime, time, timedelta
from itertools import product

import pytest
from django.test import Client
from django.test.utils import override_settings

from core import clock
from groups.finding import Wish, find_events
from groups.forms.places import point_of
from groups.models import Event, Group
from groups.models.readers import Reader
from groups.near import Point
from groups.services.events import change_event, create_event
from groups.services.groups import create_group
from groups.services.series import start_series
from tests.kit.cast import Cast
from tests.kit.world import make_event

HERE = Point(52.5145, 13.3501)
CARD = dict.fromkeys(Event.CARD, "Said.")


@pytest.fixture
def lake(cast: Cast, now: datetime) -> Group:
    """A group at the lake, 15 km away from `HERE`."""
    return create_group(
        owner=cast.host, now=now, name="Lake Walkers", kind="walking", place="Wannsee", time_zone="Europe/Berlin",
        latitude=52.4210, longitude=13.1780,
    )  # fmt: skip


def found(client: Client, path: str, **wish: object) -> str:
    return client.get(path, wish, headers={"host": "localhost"}).text


@pytest.mark.django_db
def test_a_group_is_found_as_far_as_one_looks(cast: Cast, lake: Group, client: Client) -> None:
    near = f"{HERE.latitude}, {HERE.longitude}"

    assert "Lake Walkers" in found(client, "/groups/", near=near, km=25)
    assert "16 km away" in found(client, "/groups/", near=near, km=25)
    assert "Lake Walkers" not in found(client, "/groups/", near=near, km=10)


@pytest.mark.django_db
def test_a_place_in_words_is_put_where_its_town_is_and_shown_as_no_exact_spot(cast: Cast, now: datetime) -> None:
    group = create_group(
        owner=cast.host, now=now, name="West Lake", kind="walking", place="杭州西湖", time_zone="Asia/Shanghai"
    )

    assert group.cell is not None
    assert group.spot is None
    assert list(Group.objects.near(Point(30.25, 120.15), km=10).values_list("name", flat=True)) == ["West Lake"]


@pytest.mark.django_db
def test_an_event_without_a_spot_is_where_its_group_is(cast: Cast, lake: Group, now: datetime) -> None:
    event = create_event(
        group=lake, now=now, title="Round the bay", starts_at=now + timedelta(days=1), place="Jetty", setting="water",
        ends_at=now + timedelta(days=1, hours=1), effort="easy",
    )  # fmt: skip

    assert (event.cell, event.is_rough, event.spot) == (lake.cell, True, None)

    change_event(event=event, now=now, latitude=HERE.latitude, longitude=HERE.longitude)
    assert Event.objects.get(pk=event.pk).spot == HERE

    change_event(event=event, now=now, title="Round the whole bay")
    assert Event.objects.get(pk=event.pk).spot == HERE


@pytest.mark.django_db
def test_over_the_date_line_near_is_near(cast: Cast) -> None:
    east = Group.objects.get(pk=cast.group.pk)
    Group.objects.filter(pk=east.pk).update(latitude=-16.5, longitude=-179.99, cell=_cell(-16.5, -179.99))

    [row] = Group.objects.near(Point(-16.5, 179.99), km=5)

    assert round(row.distance or 0, 1) == 2.1


def _cell(latitude: float, longitude: float) -> int:
    from groups.near import cell_of  # noqa: PLC0415

    return cell_of(Point(latitude, longitude))


@pytest.mark.django_db
def test_a_day_is_a_day_at_the_place(cast: Cast, client: Client, now: datetime) -> None:
    day = clock.local_day(now, "Pacific/Auckland") + timedelta(days=2)
    starts_at = clock.instant_of(day, datetime.min.time().replace(hour=1), "Pacific/Auckland")
    make_event(
        cast.group,
        now,
        title="Early loop",
        time_zone="Pacific/Auckland",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
    )

    assert "Early loop" in found(client, "/groups/events/", day=day)
    assert "Early loop" not in found(client, "/groups/events/", day=day - timedelta(days=1))


@pytest.mark.django_db
def test_for_a_first_time_and_in_the_woods(cast: Cast, client: Client, now: datetime) -> None:
    make_event(cast.group, now, title="Plain loop", setting="park")
    make_event(
        cast.group, now, title="Kind loop", setting="forest", is_newcomer_friendly=True, greeter=cast.host, **CARD
    )

    page = found(client, "/groups/events/", newcomers="on", setting="forest")

    assert "Kind loop" in page
    assert "Plain loop" not in page


@pytest.mark.django_db
def test_what_makes_no_sense_is_said_beside_the_field_and_kept(cast: Cast, client: Client) -> None:
    page = found(client, "/groups/", near="Nowhereville", words="moss")

    assert "We do not know this town" in page
    assert 'value="Nowhereville"' in page
    assert "Morning Mosses" in page
    answer = client.get("/api/v1/groups/", {"near": "Nowhereville"})
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "near")


@pytest.mark.django_db
def test_the_api_finds_the_same_and_pages_through_it(cast: Cast, lake: Group, client: Client) -> None:
    Group.objects.filter(pk=cast.group.pk).update(latitude=52.51, longitude=13.35, cell=_cell(52.51, 13.35))
    wish = {"near": f"{HERE.latitude}, {HERE.longitude}", "km": 50, "page_size": 1}

    first = client.get("/api/v1/groups/", wish).json()
    second = client.get(first["next"]).json()

    assert [row["name"] for row in first["results"] + second["results"]] == ["Morning Mosses", "Lake Walkers"]
    assert [row["distance"] for row in first["results"] + second["results"]] == [0.5, 15.6]
    assert second["results"][0]["latitude"] == 52.421


@pytest.mark.django_db
def test_private_places_are_near_nobody_else(cast: Cast, lake: Group, client: Client) -> None:
    Group.objects.filter(pk=lake.pk).update(visibility=Group.Visibility.PRIVATE)

    assert "Lake Walkers" not in found(client, "/groups/", near=f"{HERE.latitude}, {HERE.longitude}", km=50)


@pytest.mark.django_db
def test_a_map_is_shown_only_when_the_operator_names_a_host(cast: Cast, client: Client, now: datetime) -> None:
    event = make_event(cast.group, now, latitude=HERE.latitude, longitude=HERE.longitude, cell=_cell(52.5145, 13.3501))

    plain = found(client, event.get_absolute_url())
    with override_settings(MAP_TILES="https://tiles.example.org/{z}/{x}/{y}.png", MAP_CREDIT="© Mapmakers"):
        mapped = found(client, event.get_absolute_url())

    assert "52.51450° N, 13.35010° E" in plain
    assert "tiles.example.org" not in plain
    assert mapped.count("https://tiles.example.org/15/") == 9
    assert "© Mapmakers" in mapped


@pytest.mark.parametrize(
    ("text", "point"),
    [
        ("52.5145, 13.3501", HERE),
        ("52.5145 13.3501", HERE),
        ("geo:52.5145,13.3501", HERE),
        ("52.5145，13.3501", HERE),
        ("Berlin", None),
        ("1,2,3", None),
    ],
)
def test_a_pair_of_degrees_is_a_point(text: str, point: Point | None) -> None:
    assert point_of(text) == point


@pytest.mark.django_db
def test_of_a_series_the_next_is_shown_unless_a_day_is_asked_for(cast: Cast, client: Client, now: datetime) -> None:
    series = start_series(
        group=cast.group, now=now, title="Sunday mile", rrule="FREQ=WEEKLY;BYDAY=SU", at_time=time(10), minutes=50,
        starts_on=now.date(), place="Rose garden", setting="park", effort="easy",
    )  # fmt: skip
    later = Event.objects.filter(series=series)[2]

    assert found(client, "/groups/events/").count("Sunday mile") == 1
    assert (
        found(client, "/groups/events/", day=clock.local_day(later.starts_at, later.time_zone)).count("Sunday mile")
        == 1
    )


@pytest.mark.django_db
def test_the_next_of_a_series_is_the_next_that_fits(cast: Cast, now: datetime) -> None:
    for title in ("Mile", "Loop"):
        start_series(
            group=cast.group, now=now, title=title, rrule="FREQ=WEEKLY;BYDAY=SU", at_time=time(10), minutes=50,
            starts_on=now.date(), place="Rose garden", setting="park", effort="easy",
        )  # fmt: skip
    make_event(cast.group, now, setting="water")
    in_turn = [event.pk for event in Event.objects.filter(title="Mile").order_by("starts_at")]
    changes = (
        {"starts_at": now - timedelta(days=1), "ends_at": now - timedelta(hours=1)},
        {"status": "cancelled"},
        {"setting": "water"},
        {"setting": "park"},
        {"is_newcomer_friendly": True, "greeter": cast.host, **CARD},
        {"setting": "water", "is_newcomer_friendly": True, "greeter": cast.host, **CARD},
    )
    for pk, change in zip(in_turn, changes, strict=False):
        Event.objects.filter(pk=pk).update(**change)
    coming = Event.objects.filter(status="scheduled", ends_at__gt=now)
    seen = set()

    for setting, for_newcomers in product(("", "park", "water", "forest"), (False, True)):
        shown = find_events(Reader.of(cast.member), Wish(setting=setting, is_for_newcomers=for_newcomers), now=now)
        fitting = [
            event
            for event in coming.order_by("starts_at", "pk")
            if setting in {"", event.setting} and (event.is_newcomer_friendly or not for_newcomers)
        ]
        first = {event.series_id or -event.pk: event.pk for event in reversed(fitting)}
        assert {event.pk for event in shown} == set(first.values()), (setting, for_newcomers)
        seen |= set(first.values()) & set(in_turn)

    assert seen == {in_turn[2], in_turn[3], in_turn[4], in_turn[5]}


@pytest.mark.parametrize("address", ["/groups/", "/groups/events/", "/api/v1/groups/", "/api/v1/events/"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_plans_is_refused_at_its_field(db: None, client: Client, address: str, day: str) -> None:
    answer = client.get(address, {"day": day})
    assert answer.status_code == (400 if "api" in address else 200)
    assert "Choose a day within ten years." in answer.content.decode()
