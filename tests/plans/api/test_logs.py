"""Logs over the API: mine alone, idempotent, nothing assigned that was not asked for."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from plans.models import SessionLog
from plans.services.logs import log_session
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, make_type, sessions_of

LOG = {"exercise_type": "walking", "minutes": 12, "intensity": "moderate"}
URL = "/api/v1/logs/"


def note(person: Any, now: Any, **values: Any) -> SessionLog:
    details = {"minutes": 12, "intensity": "moderate", "exercise_type": make_type("walking"), **values}
    return log_session(person=person, now=now, **details)


def test_a_step_is_noted_and_read_back(cast: Cast, now: Any, api_as: Any) -> None:
    plan = make_plan()
    enrollment, session = make_enrollment(cast.member, plan), sessions_of(plan)[0]
    where = {"enrollment": str(enrollment.uuid), "session": session.pk}
    felt = {"mood_before": 2, "mood_after": 5, "mastery": 6, "pleasure": 7, "setting": "green", "company": "alone"}
    answer = api_as(cast.member).post(URL, {"minutes": 3, "intensity": "light", "is_floor": True, **where, **felt})
    assert answer.status_code == 201
    expected = {"exercise_type": "walking", "local_on": "2026-03-10", **where, **felt}
    assert {name: answer.data[name] for name in expected} == expected
    assert api_as(cast.member).get(URL).data["results"] == [answer.data]


@pytest.mark.parametrize(("said", "most"), [({}, 5), ({"mood_after": 5}, 6), ({"mood_after": 5, "note": "Cold."}, 7)])
def test_a_log_is_written_in_few_queries(cast: Cast, api_as: Any, said: dict[str, Any], most: int) -> None:
    make_type("walking")
    client = api_as(cast.member)  # who is asking takes two more
    with CaptureQueriesContext(connection) as queries:
        assert client.post(URL, {**LOG, **said}).status_code == 201
    assert len([one for one in queries if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= most


def test_the_same_uuid_twice_is_one_row(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("walking")
    body = {**LOG, "uuid": str(uuid4())}
    first, again = api_as(cast.member).post(URL, body), api_as(cast.member).post(URL, body)
    assert first.data == again.data
    assert SessionLog.objects.count() == 1


def test_a_uuid_of_somebody_else_is_as_absent_as_any(cast: Cast, now: Any, api_as: Any) -> None:
    log = note(cast.member, now, note="zq-canary-note")
    client = api_as(cast.stranger)
    taken, absent = client.post(URL, {**LOG, "uuid": str(log.uuid)}), client.get(f"{URL}{uuid4()}/")
    assert taken.status_code == absent.status_code == 404
    assert taken.json() == absent.json()


@pytest.mark.parametrize("name", ["stranger", "host", "owner", "editor", "superuser"])
def test_nobody_else_reads_changes_or_deletes(cast: Cast, now: Any, api_as: Any, name: str) -> None:
    log, client = note(cast.member, now, mood_before=2), api_as(cast.people[name])
    for answer in (
        client.get(f"{URL}{log.uuid}/"),
        client.patch(f"{URL}{log.uuid}/", {"minutes": 1}),
        client.delete(f"{URL}{log.uuid}/"),
    ):
        assert answer.status_code == 404
    assert client.get(URL).data["results"] == []
    assert SessionLog.objects.get().minutes == 12


def test_visitors_are_asked_who_they_are(db: None, api_as: Any) -> None:
    for path in (URL, "/api/v1/enrollments/", "/api/v1/today/"):
        assert api_as(None).get(path).status_code == 401


def test_changing_names_only_what_changes(cast: Cast, now: Any, api_as: Any) -> None:
    log = note(cast.member, now, mood_before=2, mood_after=4, note="kept")
    answer = api_as(cast.member).patch(f"{URL}{log.uuid}/", {"minutes": 30, "mood_after": None})
    assert (answer.data["minutes"], answer.data["note"]) == (30, "kept")
    assert (answer.data["mood_before"], answer.data["mood_after"]) == (2, None)
    assert api_as(cast.member).delete(f"{URL}{log.uuid}/").status_code == 204
    assert not SessionLog.objects.exists()


def test_what_is_not_asked_for_is_not_assigned(cast: Cast, now: Any, api_as: Any) -> None:
    make_type("walking")
    extra = {"person": cast.stranger.pk, "person_id": cast.stranger.pk, "local_on": "2020-01-01", "id": 77}
    answer = api_as(cast.member).post(URL, {**LOG, **extra})
    log = SessionLog.objects.get()
    assert (log.person, str(log.local_on)) == (cast.member, "2026-03-10")
    api_as(cast.member).patch(f"{URL}{answer.data['uuid']}/", {"person": cast.stranger.pk, "uuid": str(uuid4())})
    log.refresh_from_db()
    assert (log.person, str(log.uuid)) == (cast.member, answer.data["uuid"])


def test_related_rows_are_found_only_among_those_one_may_see(cast: Cast, now: Any, api_as: Any) -> None:
    theirs = make_enrollment(cast.stranger, make_plan("one"))
    draft = sessions_of(make_plan("draft", published=False))[0]
    make_type("walking")
    for field, value, unknown in [("enrollment", str(theirs.uuid), str(uuid4())), ("session", draft.pk, 10**6)]:
        hidden, absent = (api_as(cast.member).post(URL, {**LOG, field: v}) for v in (value, unknown))
        assert hidden.status_code == absent.status_code == 201
        shown = [{**a.json(), "uuid": "", "done_at": "", "created_at": "", "updated_at": ""} for a in (hidden, absent)]
        assert shown[0] == shown[1]
        assert shown[0][field] is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("minutes", 0),
        ("intensity", "brutal"),
        ("mood_before", 8),
        ("mastery", 11),
        ("setting", "moon"),
        ("exercise_type", "chess"),
        ("exercise_type", {"a": 1}),
        ("session", 10**30),
        ("session", True),
        ("enrollment", "x"),
        ("done_at", "2027-01-01T00:00:00Z"),
        ("started_at", "0001-01-01T00:00:00Z"),
        ("note", "x" * 2001),
    ],
)
def test_errors_are_problems_at_their_field(cast: Cast, now: Any, api_as: Any, field: str, value: Any) -> None:
    make_type("walking")
    answer = api_as(cast.member).post(URL, {**LOG, field: value})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert [row["field"] for row in answer.json()["errors"]] == [field]
