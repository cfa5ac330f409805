"""What stands beside an event is the same, looked up for a page or read with the event."""

from datetime import datetime, time

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from core.visibility import Viewer
from groups.details import with_details
from groups.models import Event, Rsvp
from groups.models.readers import Reader
from groups.queries import events_seen_by, name_of_greeter, shown_answer
from groups.services.series import start_series
from tests.groups.kit import make_event
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db

SHOWN = ("pk", "status", "position", "guests", "is_quiet", "is_first_time", "answered_at", "promoted_at")


def told(event: Event) -> dict[str, object]:
    answer = shown_answer(event)
    mine = answer and [getattr(answer, name) for name in SHOWN]
    return {"answer": mine, "greeter": name_of_greeter(event), "series": event.series_uuid}  # type: ignore[attr-defined]


def answer(event: Event, person: User, status: str, **more: object) -> None:
    Rsvp.objects.create(event=event, person=person, status=status, **more)


def test_a_page_tells_what_the_event_tells_by_itself(cast: Cast, now: datetime) -> None:
    for greeter in (cast.host, cast.member, cast.blocked, None):
        event = make_event(cast.group, now, greeter=greeter, capacity=1)
        answer(event, cast.owner, "going", promoted_at=now, guests=0, is_quiet=True, is_first_time=True)
        answer(event, cast.member, "waitlisted", place=4)
        answer(event, cast.host, "waitlisted", place=2)
        answer(event, cast.blocked, "declined")
    loops = {"title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "minutes": 60}
    start_series(
        group=cast.group, starts_on=now.date(), rrule="FREQ=WEEKLY;BYDAY=TU", at_time=time(18), now=now, **loops
    )
    User.objects.filter(pk=cast.host.pk).update(is_active=False)
    viewers: list[Viewer] = [*User.objects.all(), AnonymousUser()]
    met: dict[str, set[str]] = {"answer": set(), "greeter": set(), "series": set()}

    for viewer in viewers:
        by_itself = {event.pk: told(event) for event in events_seen_by(viewer)}
        page = with_details(list(Event.objects.visible_to(viewer)), Reader.looked_up(viewer))
        assert {event.pk: told(event) for event in page} == by_itself, viewer
        for one in by_itself.values():
            for name, value in one.items():
                met[name].add(str(value))

    assert all(len(values) > 1 for values in met.values()), met  # so that there was something to compare
    assert {"Member", "Blocked", "None"} <= met["greeter"]
    assert "Host" not in met["greeter"]


def test_what_is_told_is_of_the_event_as_the_page_found_it(cast: Cast, now: datetime) -> None:
    gone, kept = (make_event(cast.group, now, greeter=greeter) for greeter in (cast.owner, cast.host))
    found = list(Event.objects.visible_to(cast.member).order_by("pk"))
    Event.objects.filter(pk=gone.pk).delete()
    Event.objects.filter(pk=kept.pk).update(greeter=cast.blocked)  # between whom and the member a block stands

    shown = with_details(found, Reader.looked_up(cast.member))

    assert shown == [gone, kept]
    assert [name_of_greeter(event) for event in shown] == ["Owner", "Host"]


def test_who_left_since_the_page_was_found_is_named_no_more(cast: Cast, now: datetime) -> None:
    make_event(cast.group, now, greeter=cast.host)
    found = list(Event.objects.visible_to(cast.member))
    User.objects.filter(pk=cast.host.pk).update(is_active=False)

    (shown,) = with_details(found, Reader.looked_up(cast.member))

    assert name_of_greeter(shown) is None


def test_nothing_to_tell_is_not_asked(cast: Cast, django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    reader = Reader.looked_up(cast.member)
    with django_assert_num_queries(0):
        assert with_details([], reader) == []
