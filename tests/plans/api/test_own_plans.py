"""Plans of one's own over the API: a whole plan is one document, and only its owner's."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Mechanism
from plans.models import PlanTemplate
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_mechanism, make_plan, sessions_of
from tests.plans.own_kit import kind, own_plan

ANY = {"If-Match": "*"}
URL = "/api/v1/own-plans/"
STEP = {"exercise_type": "walking", "minutes": 12, "intensity": "light", "title": "Mill", "floor": "To the gate."}
SHAPE = {"unit": "km", "start": 1, "goal": 3, "times": 2}
LADDER = {**SHAPE, "exercise_type": "walking"}


def document(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"title": "Mill path", "schedule": [{"sessions": list(steps)}], **more}


@pytest.fixture
def client(cast: Cast, api_as: Any) -> Any:
    kind()
    return api_as(cast.member)


def test_a_plan_is_made_read_and_rewritten_as_a_whole(client: Any) -> None:
    made = client.post(URL, document(STEP))
    assert (made.status_code, made.data["is_published"]) == (201, False)
    path = f"{URL}{made.data['slug']}/"
    step = client.get(path).data["schedule"][0]["sessions"][0]
    assert (step["title"], step["minutes"]) == ("Mill", 12)
    changed = client.put(
        path, document({**STEP, "id": step["id"], "minutes": 15}, {**STEP, "title": "Weir"}), headers=ANY
    )
    assert changed.status_code == 200
    steps = changed.data["schedule"][0]["sessions"]
    assert [(row["title"], row["minutes"]) for row in steps] == [("Mill", 15), ("Weir", 12)]
    assert steps[0]["id"] == step["id"]
    assert client.delete(path).status_code == 204
    assert client.get(path).status_code == 404


def test_what_is_answered_reads_as_the_plan_does_afterwards(cast: Cast, client: Any) -> None:
    make_mechanism("unwritten", status="draft")
    source = make_plan()
    for session in sessions_of(source):
        session.mechanisms.add(*Mechanism.objects.all())
    enrollment = make_enrollment(cast.member, source)
    several = {**STEP, "reasons": ["sleep", "nature", "sleep"], "amount": "1.5", "unit": "km", "instruction": " Slow. "}

    made = client.post(URL, document(several, STEP))
    path = f"{URL}{made.data['slug']}/"
    answers = [made, client.post(f"{path}publish/"), client.post(f"{path}withdraw/")]
    answers += [client.post(f"{URL}copy/", {"template": source.slug}), client.post(f"{URL}ladder/", LADDER)]
    answers.append(client.post(f"{URL}followed/", {"enrollment": str(enrollment.uuid)}))
    for answer in answers[3:]:
        assert client.get(f"{URL}{answer.data['slug']}/").content == answer.content
    assert client.get(path).content == answers[2].content
    first, second = (row["id"] for row in made.data["schedule"][0]["sessions"])
    week = {"focus": "Hills", "sessions": [{**STEP, "id": second}, several, {**STEP, "id": first}]}
    for schedule in ([week, week], [{"sessions": []}, week], []):
        changed = client.put(path, {"title": "Weir", "schedule": schedule}, headers=ANY)
        read = client.get(path)
        assert (changed.status_code, changed.content, changed["ETag"]) == (200, read.content, read["ETag"])


def test_a_document_of_many_steps_takes_no_more_queries(client: Any) -> None:
    def takes(*steps: dict[str, Any], named: str = "") -> int:
        with CaptureQueriesContext(connection) as queries:
            if named:
                answer = client.put(f"{URL}{named}/", document(*steps), headers=ANY)
            else:
                answer = client.post(URL, document(*steps))
        assert answer.status_code in {200, 201}
        return len(queries)

    few, many = ([{**STEP, "reasons": ["sleep", "nature"]}] * number for number in (1, 20))
    slug = client.post(URL, document(*few)).data["slug"]

    assert takes(*few) == takes(*many)
    takes(*many, named=slug)  # from now on each differs in how many steps there are
    assert takes(*few, named=slug) == takes(*many, named=slug) == takes(*few, named=slug)


def test_an_edit_of_what_was_read_asks_little(client: Any) -> None:
    """The plan with its lock, all that is written in it, the library; then what differs. Who asks is known here."""
    slug = client.post(URL, document(STEP, STEP)).data["slug"]
    answer = client.get(f"{URL}{slug}/")
    read, changes = answer.data, [{"minutes": 15}, {"title": "Weir", "minutes": 16}]
    for change, most in zip(changes, (4, 7), strict=True):
        (week,) = read["schedule"]
        steps = [{**step, "reasons": [reason["slug"] for reason in step["reasons"]]} for step in week["sessions"]]
        steps[0].update(change)
        more = [{**STEP, "reasons": ["sleep"]}] * (most > 4)
        with CaptureQueriesContext(connection) as queries:
            answer = client.put(f"{URL}{slug}/", document(*steps, *more), headers={"If-Match": answer["ETag"]})
        assert answer.status_code == 200
        assert len([1 for query in queries if "SAVEPOINT" not in query["sql"]]) == most
        read = answer.data
    assert [step["minutes"] for step in read["schedule"][0]["sessions"]] == [16, 12, 12]


@pytest.mark.parametrize("reason", ["unheard-of", "", 7, None, ["sleep"], "\x00"])
def test_what_the_library_does_not_have_is_refused(client: Any, reason: Any) -> None:
    for step in ({**STEP, "reasons": [reason]}, {**STEP, "exercise_type": reason}):
        assert client.post(URL, document(step)).status_code == 400


def test_publishing_says_every_lack_on_its_field(client: Any) -> None:
    made = client.post(URL, document({**STEP, "floor": ""}, {**STEP, "title": "", "floor": ""}))
    path = f"{URL}{made.data['slug']}/"
    answer = client.post(f"{path}publish/")
    assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")
    fields = {error["field"] for error in answer.data["errors"]}
    assert {"schedule.0.sessions.0.floor", "schedule.0.sessions.1.floor"} <= fields
    assert client.get(path).data["lacks"] == answer.data["errors"]
    client.put(path, document(STEP), headers=ANY)
    assert client.post(f"{path}publish/").data["is_published"] is True
    assert client.post(f"{path}withdraw/").data["is_published"] is False


def test_somebody_elses_is_not_found(cast: Cast, client: Any) -> None:
    path = f"{URL}{own_plan(cast.host).slug}/"
    answers = [client.get(path), client.put(path, document(STEP), headers=ANY), client.delete(path)]
    answers += [client.post(f"{path}{act}/") for act in ("publish", "withdraw")]
    assert {answer.status_code for answer in answers} == {404}
    assert client.get(URL).data == []


def test_what_is_not_of_the_document_has_no_effect(cast: Cast, client: Any) -> None:
    given = {"owner": cast.host.pk, "is_published": True, "slug": "mine", "weeks": 9, "copied_from": 1}
    made = client.post(URL, document(STEP, **given))
    changed = client.put(f"{URL}{made.data['slug']}/", document(STEP, **given), headers=ANY)
    assert changed.status_code == 200
    plan = PlanTemplate.objects.get()
    assert (plan.owner, plan.is_published, plan.weeks, plan.copied_from) == (cast.member, False, 1, None)
    assert plan.slug == made.data["slug"] != "mine"


def test_a_step_of_another_plan_cannot_be_taken_over(cast: Cast, client: Any) -> None:
    theirs = sessions_of(own_plan(cast.host))[0]
    client.post(URL, document({**STEP, "id": theirs.pk, "title": "Taken"}))
    theirs.refresh_from_db()
    assert (theirs.title, theirs.week.template.owner) == ("To the mill", cast.host)


@pytest.mark.parametrize(
    "huge",
    [
        document(*[STEP] * 500),
        {"title": "Mill path", "schedule": [{"sessions": [STEP]}] * 500},
        document(STEP, goal="x" * 100_000),
        document({**STEP, "instruction": "x" * 100_000}),
    ],
    ids=["steps", "weeks", "goal", "instruction"],
)
def test_huge_documents_are_refused(client: Any, huge: dict[str, Any]) -> None:
    assert client.post(URL, huge).status_code == 400
    assert not PlanTemplate.objects.exists()


def test_a_copy_and_a_ladder(cast: Cast, client: Any) -> None:
    plan = make_plan()
    copy = client.post(f"{URL}copy/", {"template": plan.slug})
    assert (copy.status_code, copy.data["is_published"]) == (201, False)
    assert PlanTemplate.objects.get(slug=copy.data["slug"]).owner == cast.member
    ladder = client.post(f"{URL}ladder/", LADDER)
    assert (ladder.status_code, ladder.data["is_published"]) == (201, True)


def test_what_is_not_seen_cannot_be_copied(cast: Cast, client: Any) -> None:
    assert client.post(f"{URL}copy/", {"template": own_plan(cast.host).slug}).status_code == 400
    assert not PlanTemplate.objects.owned_by(cast.member).exists()


def test_an_amount_of_nothing_is_none(client: Any) -> None:
    made = client.post(URL, document({**STEP, "amount": 0}, {**STEP, "unit": "km"}))

    assert made.status_code == 201
    steps = made.data["schedule"][0]["sessions"]
    assert [(step["amount"], step["unit"]) for step in steps] == [(None, "")] * 2


def test_a_ladder_can_be_looked_at_before_it_is_made(client: Any) -> None:
    seen = client.get(f"{URL}ladder/", SHAPE)
    assert not PlanTemplate.objects.exists()

    made = client.post(f"{URL}ladder/", LADDER)
    steps = [week["sessions"][0] for week in made.data["schedule"]]
    assert seen.status_code == 200
    assert (seen.data["title"], seen.data["explained"]) == (made.data["title"], made.data["goal"])
    assert [(rung["text"], rung["minutes"]) for rung in seen.data["rungs"]] == [
        (step["title"], step["minutes"]) for step in steps
    ]
    assert (seen.data["rungs"][0]["amount"], seen.data["rungs"][-1]["amount"]) == ("1.0", "3.0")
    assert {(step["floor"], step["floor_minutes"]) for step in steps} == {
        (seen.data["floor"], seen.data["floor_minutes"])
    }
    assert client.get(f"{URL}ladder/", {**SHAPE, "title": " Mill "}).data["title"] == "Mill"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit": "miles"}, "unit"),
        ({"start": "0.05"}, "start"),
        ({"goal": "1"}, "goal"),
        ({"start": "0.1", "goal": "42", "growth": "running_or_jumping"}, "goal"),
        ({"times": 8}, "times"),
        ({"times": ""}, "times"),
    ],
)
def test_what_makes_no_ladder_is_said_at_its_field_before_as_after(client: Any, change: Any, field: str) -> None:
    seen, made = client.get(f"{URL}ladder/", SHAPE | change), client.post(f"{URL}ladder/", LADDER | change)
    assert (seen.status_code, made.status_code, seen.data["errors"]) == (400, 400, made.data["errors"])
    assert [row["field"] for row in seen.data["errors"]] == [field]


def test_a_visitor_draws_no_ladder(db: None, api_as: Any) -> None:
    assert api_as(None).get(f"{URL}ladder/", SHAPE).status_code == 401
