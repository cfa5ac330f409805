"""A plan that is written anew: only what differs is written, in statements whose number does not depend on its size."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from library.models import Mechanism
from plans.drafts import PlanDraft, StepDraft, WeekDraft
from plans.models import PlanTemplate, Session, SessionLog, Week
from plans.services import own
from plans.services.gate import NotReady
from tests.kit.cast import Cast
from tests.plans.kit import make_mechanism, sessions_of
from tests.plans.own_kit import as_it_is, own_plan, step

OF_A_TRANSACTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")
LINKS = Session.mechanisms.through


def asked(act: Callable[[], object]) -> list[str]:
    """Return verb and table of each query of an act."""
    with CaptureQueriesContext(connection) as queries:
        act()
    said = [query["sql"].replace('"', "") for query in queries]
    return [_in_short(sql.split()) for sql in said if not sql.startswith(OF_A_TRANSACTION)]


def _in_short(words: list[str]) -> str:
    table = next(word for word in words if word.startswith(("plans_", "library_", "(library_")))
    return f"{words[0]} {table.strip('(').partition('.')[0].removeprefix('plans_').removeprefix('library_')}"


def reason(slug: str) -> Mechanism:
    return Mechanism.objects.select_related("domain").get(pk=make_mechanism(slug).pk)


def written(cast: Cast, plan: PlanTemplate, weeks: list[list[StepDraft]], title: str = "Mill path") -> list[str]:
    said = PlanDraft(title, weeks=[WeekDraft(steps) for steps in weeks])
    return asked(lambda: own.write_plan(person=cast.member, slug=plan.slug, draft=said))


READ = ["SELECT plantemplate", "SELECT plantemplate"]  # with its lock, then what is written in it


@pytest.mark.parametrize("weeks", [1, 4])
def test_a_plan_that_is_written_as_it_is_is_only_read(cast: Cast, weeks: int) -> None:
    plan = own_plan(cast.member, weeks=weeks)

    assert written(cast, plan, as_it_is(plan)) == READ


@pytest.mark.parametrize("weeks", [1, 4])
def test_what_is_edited_is_written_alone(cast: Cast, weeks: int) -> None:
    plan = own_plan(cast.member, weeks=weeks)
    now = as_it_is(plan)
    now[0][0] = replace(now[0][0], minutes=13)
    links = set(LINKS.objects.values_list("pk", flat=True))

    assert written(cast, plan, now) == [*READ, "UPDATE session"]
    assert sessions_of(plan)[0].minutes == 13
    assert set(LINKS.objects.values_list("pk", flat=True)) == links


def test_a_step_that_comes_is_counted_and_its_reasons_are_said(cast: Cast) -> None:
    plan = own_plan(cast.member, weeks=1)
    now = as_it_is(plan)
    now[0].append(step("Home", mechanisms=[reason("sleep")]))

    assert written(cast, plan, now) == [
        *READ, "UPDATE plantemplate", "INSERT session", "INSERT session_mechanisms",
    ]  # fmt: skip
    plan.refresh_from_db()
    assert (plan.sessions_max, sessions_of(plan)[2].title) == (3, "Home")


def test_of_reasons_those_that_stay_are_left_alone(cast: Cast) -> None:
    plan = own_plan(cast.member, weeks=1)
    one, other, third = (reason(name) for name in ("sleep", "nature", "rhythm"))
    now = as_it_is(plan)
    for reasons in ([one, other], [other, third]):
        now[0] = [replace(step, mechanisms=reasons) for step in now[0]]
        before = set(LINKS.objects.values_list("pk", flat=True))
        asked_for = written(cast, plan, now)

    assert asked_for == [*READ, "DELETE session_mechanisms", "INSERT session_mechanisms"]
    assert [set(row.mechanisms.all()) for row in sessions_of(plan)] == [{other, third}] * 2
    assert len(before.intersection(LINKS.objects.values_list("pk", flat=True))) == 2


def test_words_of_logs_are_kept_only_where_there_are_some(cast: Cast, now: datetime) -> None:
    plan = own_plan(cast.member, weeks=1)
    gone, stays = as_it_is(plan)[0]
    assert "UPDATE sessionlog" not in written(cast, plan, [[stays]])

    row = sessions_of(plan)[0]
    said = {"minutes": 5, "intensity": "light", "exercise_type": row.exercise_type, "done_at": now}
    log = SessionLog.objects.create(person=cast.member, session=row, local_on=now.date(), **said)
    assert "UPDATE sessionlog" in written(cast, plan, [[replace(gone, pk=None)]])
    log.refresh_from_db()
    assert (log.title, log.session) == ("To the weir", None)


def changed_in_every_way(weeks: list[list[StepDraft]], *, is_shorter: bool) -> list[WeekDraft]:
    """Return the weeks with words of their own, and with steps that come, go, change places, and are changed.

    A step comes without reasons, and one that stays gets another.
    """
    said = []
    for first, second in zip(weeks[::2], weeks[1::2], strict=True):
        said.append(WeekDraft([second[0], replace(first[0], minutes=20), step("New")], focus="Hills"))
        said.append(WeekDraft([replace(first[1], mechanisms=[reason("rhythm")])], focus="Rest"))
    return said[:-1] if is_shorter else [*said, WeekDraft([step("Last")])]


@pytest.mark.parametrize("is_shorter", [True, False])
def test_what_is_changed_in_every_way_at_once_takes_thirteen(cast: Cast, now: datetime, is_shorter: bool) -> None:
    """Over the API it is fifteen: who is asking, and the library."""
    counts = []
    for size in (4, 8):
        plan = own_plan(cast.member, weeks=size, is_open=False)
        for row in sessions_of(plan):
            said = {"minutes": 5, "intensity": "light", "exercise_type": row.exercise_type, "done_at": now}
            SessionLog.objects.create(person=cast.member, session=row, local_on=now.date(), **said)
        weeks = changed_in_every_way(as_it_is(plan), is_shorter=is_shorter)
        changed = PlanDraft("Other path", weeks=weeks)
        counts.append(asked(partial(own.write_plan, person=cast.member, slug=plan.slug, draft=changed)))
        assert len(sessions_of(plan)) == sum(len(week.steps) for week in weeks)

    assert counts[0] == counts[1]
    assert sorted(counts[0]) == sorted([
        *READ, "SELECT emphasis", "UPDATE plantemplate", "UPDATE week", "DELETE week" if is_shorter else "INSERT week",
        "UPDATE sessionlog", "DELETE session", "UPDATE session", "UPDATE session", "INSERT session",
        "DELETE session_mechanisms", "INSERT session_mechanisms",
    ])  # fmt: skip


def test_weeks_come_and_go_in_as_many_queries_however_many_there_are(cast: Cast) -> None:
    counts = []
    for weeks in (2, 6):
        plan = own_plan(cast.member, weeks=weeks)
        added = asked(partial(own.add_week, person=cast.member, slug=plan.slug))
        removed = asked(partial(own.remove_week, person=cast.member, slug=plan.slug, number=2))
        counts.append((added, removed))
        assert list(Week.objects.filter(template=plan).values_list("number", flat=True)) == [*range(1, weeks + 1)]

    assert counts[0] == counts[1]
    assert counts[0] == (
        [*READ, "UPDATE plantemplate", "INSERT week", "INSERT session", "INSERT session_mechanisms"],
        [*READ, "UPDATE plantemplate", "DELETE session", "DELETE week", "UPDATE week", "UPDATE week"],
    )


def test_a_week_is_taken_out_only_where_the_rest_can_be_followed(cast: Cast) -> None:
    minutes = (20, 50, 80)
    plan = own.make_plan(
        person=cast.member,
        draft=PlanDraft("Long", weeks=[WeekDraft([step(minutes=one)]) for one in minutes]),
        is_ready=True,
    )
    with pytest.raises(NotReady) as refused:
        own.remove_week(person=cast.member, slug=plan.slug, number=2)

    assert [field for field, _message in refused.value.lacks] == ["week_set.2.minutes"]
    assert [row.minutes for row in sessions_of(plan)] == [*minutes]
