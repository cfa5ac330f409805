"""M4: of two who change the same version at once, one is told; nobody's words are overwritten unseen."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from core import clock
from core.preconditions import Conditional
from groups.api.views import Groups
from groups.models import Event, Group, HostMessage, Series
from groups.services.removing import ban_member, remove_member
from groups.services.series import start_series
from plans.models import Cue, PlanTemplate
from plans.services.followed import lock_followed
from tests.faults.doors import signed_in
from tests.faults.parallel import Act, all_at_once
from tests.faults.waiting import answered_once
from tests.groups.kit import make_event
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_type
from tests.plans.own_kit import own_plan

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

ROUNDS = 20


def describing(client: APIClient, path: str, tag: str, about: str) -> Act:
    return lambda: client.patch(path, {"about": about}, headers={"If-Match": tag}).status_code


def rounds(cast: Cast) -> list[tuple[list[object], str]]:
    """Let owner and host describe the group at once, again and again: what they were answered, and what stands."""
    path = f"/api/v1/groups/{cast.group.uuid}/"
    owner, host = signed_in(cast.owner), signed_in(cast.host)
    found = []
    for number in range(ROUNDS):
        tags = {client: client.get(path)["ETag"] for client in (owner, host)}
        said = {client: f"{who} {number}" for client, who in ((owner, "owner"), (host, "host"))}
        answers = all_at_once([describing(client, path, tags[client], said[client]) for client in said])
        found.append((answers, Group.objects.get(pk=cast.group.pk).about))
    return found


def test_one_goes_through_and_one_is_told(cast: Cast) -> None:
    for number, (answers, about) in enumerate(rounds(cast)):
        assert sorted(answers) == [200, 412]  # type: ignore[type-var]
        assert about == f"{'owner' if answers[0] == 200 else 'host'} {number}"


def test_one_person_on_two_phones(cast: Cast) -> None:
    make_type("walking")
    one, other = signed_in(cast.member), signed_in(cast.member)
    made = one.post("/api/v1/logs/", {"exercise_type": "walking", "minutes": 12, "intensity": "light"})
    assert made.status_code == 201, made.content
    path = f"/api/v1/logs/{made.data['uuid']}/"
    for number in range(1, ROUNDS + 1):
        tag = one.get(path)["ETag"]
        acts = [
            lambda c=c, m=m: c.patch(path, {"minutes": m}, headers={"If-Match": tag}).status_code  # noqa: B023
            for c, m in ((one, number), (other, 100 + number))
        ]
        assert sorted(all_at_once(acts)) == [200, 412]  # type: ignore[type-var]


@pytest.mark.parametrize("names_greeter", [True, False])
@pytest.mark.parametrize(("put_out", "match"), [(remove_member, "its own"), (ban_member, "*")])
def test_a_host_who_is_put_out_meanwhile_changes_nothing(
    cast: Cast, now: datetime, put_out: Callable[..., object], match: str, *, names_greeter: bool
) -> None:
    """The change waits for the lock of who puts them out; what they were before is not what they are."""
    event = make_event(cast.group, now)
    path, host = f"/api/v1/events/{event.uuid}/", signed_in(cast.host)
    tag = host.get(path)["ETag"] if match == "its own" else match
    said = {"title": "Mine"} | ({"greeter": str(cast.member.uuid)} if names_greeter else {})
    change: Act = lambda: host.patch(path, said, headers={"If-Match": tag}).status_code  # noqa: E731

    answer = answered_once(lambda: put_out(group=cast.group, person=cast.host, by=cast.owner, now=now), change)

    event.refresh_from_db()
    assert answer in {403, 404, 412}
    assert event.title != "Mine"


@pytest.mark.parametrize("act", ["events cancel", "events messages", "series cancel"])
def test_a_host_who_is_put_out_meanwhile_calls_nothing_off_and_tells_nobody(
    cast: Cast, now: datetime, act: str
) -> None:
    what, to_do = act.split()
    series = start_series(
        group=cast.group, now=now, title="Slow run", place="Gate", setting="park", effort="easy", minutes=60,
        starts_on=(now + timedelta(days=4)).date(), at_time=time(18), rrule="FREQ=WEEKLY",
    )  # fmt: skip
    event = Event.objects.filter(series=series).earliest("starts_at")
    thing = series if what == "series" else event
    said = {"text": "Bring a coat.", "since": str(event.occurs_on)}
    host = signed_in(cast.host)
    do: Act = lambda: host.post(f"/api/v1/{what}/{thing.uuid}/{to_do}/", said).status_code  # noqa: E731

    answer = answered_once(lambda: remove_member(group=cast.group, person=cast.host, by=cast.owner, now=now), do)

    event.refresh_from_db()
    assert answer in {403, 404}
    assert event.status == event.Status.SCHEDULED
    assert not HostMessage.objects.exists()


def test_what_is_followed_is_shown_as_its_plan_is_called_once_its_lock_is_had(cast: Cast, now: datetime) -> None:
    plan = own_plan(cast.member)
    followed, client = make_enrollment(cast.member, plan), signed_in(cast.member)
    Cue.objects.create(enrollment=followed, weekday=4, at_time=time(8))
    path = f"/api/v1/enrollments/{followed.uuid}/"
    read = client.get(path)["ETag"]

    def rename_and_lock() -> None:
        lock_followed(followed)
        PlanTemplate.objects.filter(pk=plan.pk).update(title="Another name", title_en="Another name")

    change = lambda: client.patch(path, {"when_text": "After tea"}, "json", headers={"If-Match": read})  # noqa: E731
    answer: Any = answered_once(rename_and_lock, change)

    assert answer.status_code == 412
    assert client.patch(path, {"when_text": "After tea"}, "json").json()["title"] == "Another name"


SOON = str((clock.now() + timedelta(days=4)).date())
PLANNED: dict[str, Any] = {"title": "Mill", "place": "Gate", "setting": "park", "effort": "easy"}
PLANS: dict[str, dict[str, Any]] = {
    "groups/{group}/events": {**PLANNED, "starts_at": f"{SOON}T10:00Z", "ends_at": f"{SOON}T11:00Z"},
    "groups/{group}/series": {
        **PLANNED, "starts_on": SOON, "at_time": "18:00", "minutes": 60, "rrule": "FREQ=WEEKLY"
    },
    "series/{series}/confirm": {},
}  # fmt: skip


@pytest.mark.parametrize("where", PLANS)
def test_a_host_who_is_put_out_meanwhile_plans_nothing(cast: Cast, now: datetime, where: str) -> None:
    on: dict[str, Any] = {
        "starts_on": (now + timedelta(days=4)).date(),
        "at_time": time(18),
        "minutes": 60,
        "rrule": "FREQ=WEEKLY",
    }
    series = start_series(group=cast.group, now=now, **on, **PLANNED)
    events, until = Event.objects.count(), series.runs_until
    host, path = signed_in(cast.host), where.format(group=cast.group.uuid, series=series.uuid)
    do: Act = lambda: host.post(f"/api/v1/{path}/", PLANS[where], "json")  # noqa: E731

    put_out = lambda: remove_member(group=cast.group, person=cast.host, by=cast.owner, now=now)  # noqa: E731 - an act
    answer: Any = answered_once(put_out, do)

    series.refresh_from_db()
    assert answer.status_code in {403, 404}, answer.content
    assert (Event.objects.count(), Series.objects.count(), series.runs_until) == (events, 1, until)


def test_control_without_the_lock_both_go_through(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    for view in (Conditional, Groups):
        monkeypatch.setattr(view, "lock", lambda _self, rows: rows)
    assert any(answers == [200, 200] for answers, _about in rounds(cast))
