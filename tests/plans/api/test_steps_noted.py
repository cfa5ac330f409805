"""A step is looked up with what it is followed by and the kind that is said: read as each of them by itself."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from plans.models import Beginning, Enrollment, SessionLog
from plans.services.log_subject import find_step
from plans.services.own import remove_plan
from plans.services.own_copies import change_followed
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, make_type, sessions_of
from tests.plans.own_kit import own_plan

pytestmark = pytest.mark.django_db
LOG = {"minutes": 12, "intensity": "moderate"}
URL, BEGIN = "/api/v1/logs/", "/api/v1/beginnings/"


@pytest.mark.parametrize("url", [URL, BEGIN])
@pytest.mark.parametrize("whose", ["editors", "own"])
def test_the_plan_that_is_followed_need_not_be_said_and_the_kind_may_be_another(
    cast: Cast, api_as: Any, whose: str, url: str
) -> None:
    plan = make_plan() if whose == "editors" else own_plan(cast.member)
    followed, step = make_enrollment(cast.member, plan), sessions_of(plan)[0]
    kind = make_type("swimming")
    make_enrollment(cast.host, make_plan("other"))

    said = api_as(cast.member).post(url, {**LOG, "session": step.pk, "exercise_type": kind.slug})

    assert said.status_code == 201
    shown = {"session": step.pk, "enrollment": str(followed.uuid), "exercise_type": "swimming"}
    assert {name: said.data[name] for name in shown} == shown
    model: Any = SessionLog if url == URL else Beginning
    made = model.objects.visible_to(cast.member).get()
    assert (made.session, made.enrollment, made.exercise_type) == (step, followed, kind)


@pytest.mark.parametrize("url", [URL, BEGIN])
def test_each_that_cannot_be_is_named(cast: Cast, api_as: Any, url: str) -> None:
    step = sessions_of(make_plan())[0]
    wrong = {"enrollment": "x", "exercise_type": "flying"}
    for session, fields in ((step.pk, wrong.keys()), (step.pk + 1000, wrong.keys()), ("x", {*wrong, "session"})):
        refused = api_as(cast.member).post(url, {**LOG, **wrong, "session": session})
        assert refused.status_code == 400
        assert {error["field"] for error in refused.json()["errors"]} == set(fields)


# What has gone -------------------------------------------------------------------------------------
@pytest.fixture
def absent(cast: Cast) -> dict[str, dict[str, Any]]:
    """What a phone may name: of a plan that was removed, of somebody else, and what never was."""
    mine, theirs = own_plan(cast.member), own_plan(cast.stranger)
    gone, other = ({"session": sessions_of(plan)[0].pk, "enrollment": str(make_enrollment(person, plan).uuid)}
                   for plan, person in ((mine, cast.member), (theirs, cast.stranger)))  # fmt: skip
    remove_plan(person=cast.member, slug=mine.slug)
    return {"gone": gone, "somebody else's": other, "never": {"session": 10**9, "enrollment": str(uuid4())}}


@pytest.mark.parametrize("url", [URL, BEGIN])
@pytest.mark.parametrize("names", [("session",), ("enrollment",), ("session", "enrollment")])
@pytest.mark.parametrize("which", ["gone", "somebody else's", "never"])
def test_what_is_no_longer_there_is_gone_without(
    cast: Cast, api_as: Any, absent: Any, which: str, names: tuple[str, ...], url: str
) -> None:
    kind = make_type("swimming")
    said = {"uuid": str(uuid4()), "exercise_type": kind.slug, **{name: absent[which][name] for name in names}}
    taken = api_as(cast.member).post(url, {**LOG, **said})
    assert taken.status_code == 201
    shown = {"uuid": said["uuid"], "session": None, "enrollment": None, "exercise_type": "swimming"}
    assert {name: str(taken.data[name]) if name == "uuid" else taken.data[name] for name in shown} == shown


@pytest.mark.parametrize("which", ["gone", "somebody else's", "never"])
def test_a_step_that_is_no_longer_there_lends_nothing(cast: Cast, api_as: Any, absent: Any, which: str) -> None:
    kind, client, step = make_type("swimming"), api_as(cast.member), {"session": absent[which]["session"]}
    without_kind, begun = client.post(URL, {**step, "minutes": 12}), client.post(BEGIN, step)
    without_minutes = client.post(URL, {**step, "exercise_type": kind.slug})
    refusals = [(answer.status_code, answer.json()["code"], [error["field"] for error in answer.json()["errors"]])
                for answer in (without_kind, begun, without_minutes)]  # fmt: skip
    no_kind = (400, "kind", ["exercise_type"])
    assert refusals == [no_kind, no_kind, (400, "minutes", ["minutes"])]
    taken = client.post(URL, {**step, "exercise_type": kind.slug, "minutes": 12})
    assert (taken.status_code, taken.data["minutes"], taken.data["intensity"]) == (201, 12, "moderate")
    said = client.post(URL, {**step, **LOG, "exercise_type": kind.slug, "intensity": "vigorous"})
    assert said.data["intensity"] == "vigorous"


def test_without_a_step_the_effort_is_said(cast: Cast, api_as: Any) -> None:
    said = {"exercise_type": make_type("walking").slug, "minutes": 12}
    for more in ({}, {"session": None}):
        refused = api_as(cast.member).post(URL, {**said, **more})
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "intensity")


def test_a_step_that_is_there_is_noted_without_the_plan_that_is_not(cast: Cast, api_as: Any, absent: Any) -> None:
    step = sessions_of(make_plan())[0]
    for named in absent.values():
        taken = api_as(cast.member).post(URL, {"session": step.pk, "enrollment": named["enrollment"]})
        assert (taken.status_code, taken.data["session"], taken.data["enrollment"]) == (201, step.pk, None)


def test_what_was_noted_is_the_same_log_after_its_step_went(cast: Cast, api_as: Any) -> None:
    plan, client = own_plan(cast.member), api_as(cast.member)
    said = {"uuid": str(uuid4()), "session": sessions_of(plan)[0].pk}
    first = client.post(URL, said)
    remove_plan(person=cast.member, slug=plan.slug)
    again = client.post(URL, said)
    assert (first.status_code, again.status_code, again.data["session"]) == (201, 201, None)
    assert again.data["minutes"] == first.data["minutes"]


def test_what_was_begun_lends_its_kind_after_its_step_went(cast: Cast, api_as: Any) -> None:
    plan, client = own_plan(cast.member), api_as(cast.member)
    said = {"uuid": str(uuid4()), "session": sessions_of(plan)[0].pk}
    begun = client.post(BEGIN, {**said, "guess": 3}).data
    remove_plan(person=cast.member, slug=plan.slug)
    noted = client.post(URL, {**said, "minutes": 12})
    assert (noted.status_code, noted.data["guess"], noted.data["session"]) == (201, 3, None)
    assert noted.data["exercise_type"] == begun["exercise_type"]


# What can be none ---------------------------------------------------------------------------------
@pytest.mark.parametrize("value", [True, 1.5, [1], {"pk": 1}, "one", -1, 10**30])
def test_what_is_no_key_of_a_step_is_said_at_it(cast: Cast, api_as: Any, value: Any) -> None:
    make_type("walking")
    refused = api_as(cast.member).post(URL, {**LOG, "exercise_type": "walking", "session": value})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (400, "session")


@pytest.mark.parametrize("field", ["enrollment", "exercise_type"])
@pytest.mark.parametrize("value", [True, 1.5, [1], {"uuid": 1}, "one"])
def test_what_is_no_name_is_said_at_its_field(cast: Cast, api_as: Any, field: str, value: Any) -> None:
    step = sessions_of(make_plan())[0]
    refused = api_as(cast.member).post(URL, {**LOG, "session": step.pk, field: value})
    assert [error["field"] for error in refused.json()["errors"]] == [field]


def test_a_step_of_a_plan_that_is_another_than_the_one_said_is_refused(cast: Cast, api_as: Any) -> None:
    followed, step = make_enrollment(cast.member, make_plan("one")), sessions_of(make_plan("other"))[0]
    refused = api_as(cast.member).post(URL, {**LOG, "session": step.pk, "enrollment": str(followed.uuid)})
    assert (refused.status_code, refused.json()["code"]) == (400, "other_plan")


@pytest.mark.parametrize("says_more", [True, False])
def test_a_copy_is_followed_of_which_the_phone_does_not_know(cast: Cast, api_as: Any, says_more: bool) -> None:
    followed = make_enrollment(cast.member, make_plan())
    step = sessions_of(followed.template)[0]
    change_followed(person=cast.member, enrollment=followed)
    more = {"enrollment": str(followed.uuid)} if says_more else {}
    said = api_as(cast.member).post(URL, {**LOG, "session": step.pk, **more})
    assert (said.data["session"], said.data["enrollment"]) == (step.pk, str(followed.uuid))


@pytest.mark.parametrize("again", [("session", "enrollment", "exercise_type"), ("session",), ("exercise_type",), ()])
@pytest.mark.parametrize("whose", ["editors", "own"])
def test_what_was_begun_lends_what_is_not_said_again(
    cast: Cast, api_as: Any, whose: str, again: tuple[str, ...]
) -> None:
    plan = make_plan() if whose == "editors" else own_plan(cast.member)
    followed, step = make_enrollment(cast.member, plan), sessions_of(plan)[0]
    kind, client = make_type("swimming"), api_as(cast.member)
    said = {"session": step.pk, "enrollment": str(followed.uuid), "exercise_type": kind.slug}
    begun = client.post(BEGIN, {**said, "uuid": str(uuid4()), "guess": 3, "mood_before": 2}).data

    noted = client.post(URL, {"uuid": begun["uuid"], "mood_after": 5, **{name: said[name] for name in again}})

    assert noted.status_code == 201
    expected = {**said, "guess": 3, "mood_before": 2, "mood_after": 5, "started_at": begun["started_at"]}
    assert {name: noted.data[name] for name in expected} == expected
    assert client.get(URL).data["results"] == [noted.data]
    assert not Beginning.objects.visible_to(cast.member).exists()


def test_a_plan_begun_and_let_go_of_since_lends_itself_and_not_another(cast: Cast, api_as: Any, now: Any) -> None:
    plan, client = make_plan(), api_as(cast.member)
    first, step = make_enrollment(cast.member, plan), sessions_of(plan)[0]
    begun = client.post(BEGIN, {"session": step.pk, "uuid": str(uuid4())}).data
    Enrollment.objects.update(ended_at=now)
    make_enrollment(cast.member, plan)
    noted = client.post(URL, {"uuid": begun["uuid"], "session": step.pk})
    assert noted.data["enrollment"] == begun["enrollment"] == str(first.uuid)


def test_a_change_that_says_what_it_changes_answers_as_it_is_read(cast: Cast, api_as: Any) -> None:
    make_type("walking")
    client = api_as(cast.member)
    made = client.post(URL, {**LOG, "exercise_type": "walking", "mood_before": 2, "mood_after": 4, "note": "Cold."})
    path, tag = f"{URL}{made.data['uuid']}/", made["ETag"]
    for said, felt in (
        ({"mood_after": 6, "pleasure": 7}, (2, 6, 7, "Cold.")),
        ({"mood_before": None, "note": ""}, (None, 6, 7, "")),
        ({"mood_after": None, "pleasure": None}, (None, None, None, "")),
        ({"mood_before": 3, "note": "Warm."}, (3, None, None, "Warm.")),
    ):
        changed = client.patch(path, said, headers={"If-Match": tag})
        assert changed.status_code == 200
        assert tuple(changed.data[name] for name in ("mood_before", "mood_after", "pleasure", "note")) == felt
        read = client.get(path)
        assert (changed.data, changed["ETag"]) == (read.data, read["ETag"])
        assert client.patch(path, {"minutes": 9}, headers={"If-Match": tag}).status_code == 412
        tag = changed["ETag"]


@pytest.mark.parametrize("url", [URL, BEGIN])
@pytest.mark.parametrize("says_more", [True, False])
def test_what_became_a_copy_and_went_since_it_was_looked_up_is_noted_without(
    cast: Cast, api_as: Any, monkeypatch: pytest.MonkeyPatch, says_more: bool, url: str
) -> None:
    followed = make_enrollment(cast.member, make_plan())
    step = sessions_of(followed.template)[0]

    def find_then_lose(*args: Any, **kwargs: Any) -> Any:
        found = find_step(*args, **kwargs)
        remove_plan(person=cast.member, slug=change_followed(person=cast.member, enrollment=followed).slug)
        return found

    monkeypatch.setattr("plans.api.inputs.find_step", find_then_lose)
    more = {"enrollment": str(followed.uuid)} if says_more else {}
    said = api_as(cast.member).post(url, {**LOG, "session": step.pk, **more})
    connection.check_constraints()
    assert (said.status_code, said.data["session"], said.data["enrollment"]) == (201, step.pk, None)
