"""Making a plan of one's own, changing it and letting it go."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from core.errors import DomainError, InvalidInput
from library.models import Mechanism
from plans.drafts import PlanDraft, WeekDraft
from plans.models import Enrollment, PlanTemplate, Session, SessionLog, Week
from plans.services import own
from plans.services.gate import NotReady
from plans.services.own_copies import copy_plan
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_mechanism, sessions_of
from tests.plans.own_kit import as_it_is, draft, kind, own_plan, step


def titles(plan: PlanTemplate) -> list[str]:
    return [session.title for session in sessions_of(plan)]


def log(cast: Cast, session: Session, now: datetime, **fields: Any) -> SessionLog:
    values = {"minutes": 12, "intensity": "light", "exercise_type": session.exercise_type, "done_at": now}
    return SessionLog.objects.create(person=cast.member, session=session, local_on=now.date(), **values, **fields)


def test_a_plan_begins_as_a_draft_with_what_is_written(cast: Cast) -> None:
    plan = own.make_plan(person=cast.member, draft=draft(goal="Air."))
    assert (plan.owner, plan.is_published, plan.weeks, plan.sessions_min, plan.sessions_max) == (
        *(cast.member, False), 2, 2, 2,
    )  # fmt: skip
    assert titles(plan) == ["To the mill", "To the weir"] * 2
    assert "mill" not in plan.slug


def test_without_a_choice_a_step_has_the_strongest_reasons_of_its_kind(cast: Cast) -> None:
    chosen = replace(step(), mechanisms=[make_mechanism("sleep")])
    plan = own.make_plan(person=cast.member, draft=PlanDraft("Reasons", weeks=[WeekDraft([step(), chosen])]))
    reasons = [sorted(reason.slug for reason in session.mechanisms.all()) for session in sessions_of(plan)]
    assert reasons == [["behavioural-activation", "nature"], ["sleep"]]


def test_a_longer_plan_takes_no_more_queries(cast: Cast) -> None:
    def takes(act: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    short, long = draft("Short", weeks=2), draft("Long", weeks=9)
    counts = []
    for written in (short, long):
        made = own_plan(cast.member, written.title, weeks=len(written.weeks))
        rows = iter(sessions_of(made))
        again = [replace(week, steps=[replace(one, pk=next(rows).pk) for one in week.steps]) for week in written.weeks]
        acts: list[Callable[[], object]] = [
            partial(own.make_plan, person=cast.member, draft=written),
            partial(copy_plan, person=cast.member, template=made),
            partial(own.write_plan, person=cast.member, slug=made.slug, draft=replace(written, weeks=again)),
            partial(own.write_plan, person=cast.member, slug=made.slug, draft=written),
            partial(own.remove_plan, person=cast.member, slug=made.slug),
        ]
        counts.append([takes(act) for act in acts])

    assert counts[0] == counts[1]


def test_what_is_written_in_one_language_is_read_in_both(cast: Cast) -> None:
    with translation.override("zh-hans"):
        plan = own.make_plan(person=cast.member, draft=draft("河边小路"))
    with translation.override("en"):
        assert PlanTemplate.objects.get(pk=plan.pk).title == "河边小路"
        own.write_facts(person=cast.member, slug=plan.slug, draft=PlanDraft("River path"))
    with translation.override("zh-hans"):
        assert PlanTemplate.objects.get(pk=plan.pk).title == "River path"


def test_without_a_small_version_nobody_can_follow_it(cast: Cast) -> None:
    bare = PlanDraft("Bare", weeks=[WeekDraft([step(floor=""), step(title="")])])
    plan = own.make_plan(person=cast.member, draft=bare)
    with pytest.raises(NotReady) as refused:
        own.open_plan(person=cast.member, slug=plan.slug)
    fields = [field for field, _message in refused.value.lacks]
    assert fields == ["week_set.1.sessions.1.floor", "week_set.1.sessions.2.title"]


def test_an_empty_plan_and_an_empty_week_are_named(cast: Cast) -> None:
    plan = own.make_plan(person=cast.member, draft=PlanDraft("Empty"))
    with pytest.raises(NotReady, match="not_publishable") as refused:
        own.open_plan(person=cast.member, slug=plan.slug)
    assert refused.value.field == "weeks"
    own.add_week(person=cast.member, slug=plan.slug)
    with pytest.raises(NotReady) as refused:
        own.open_plan(person=cast.member, slug=plan.slug)
    assert refused.value.field == "week_set.1.sessions"


def test_the_caps_hold_for_own_plans_too(cast: Cast) -> None:
    leap = PlanDraft("Leap", weeks=[WeekDraft([step(minutes=20)]), WeekDraft([step(minutes=120)])])
    plan = own.make_plan(person=cast.member, draft=leap)
    with pytest.raises(NotReady) as refused:
        own.open_plan(person=cast.member, slug=plan.slug)
    assert refused.value.lacks == [("week_set.2.minutes", "Week 2 asks for 120 minutes after 20; at most 50 fits.")]


WRONG = {
    "no minutes": ({"minutes": 0}, "sessions.1.minutes"),
    "a day and more": ({"minutes": 601}, "sessions.1.minutes"),
    "a long small version": ({"floor_minutes": 11}, "sessions.1.floor_minutes"),
    "a small version longer than the step": ({"minutes": 4, "floor_minutes": 5}, "sessions.1.floor_minutes"),
    "odd effort": ({"intensity": "brutal"}, "sessions.1.intensity"),
    "long title": ({"title": "x" * 81}, "sessions.1.title"),
    "long small version": ({"floor": "x" * 501}, "sessions.1.floor"),
}


@pytest.mark.parametrize(("fields", "field"), WRONG.values(), ids=WRONG.keys())
def test_each_limit_is_said_on_its_field(cast: Cast, fields: dict[str, Any], field: str) -> None:
    plan = own_plan(cast.member)
    with pytest.raises(InvalidInput) as refused:
        own.write_week(person=cast.member, slug=plan.slug, number=1, draft=WeekDraft([step(**fields)]))
    assert refused.value.field == field
    assert titles(plan) == ["To the mill", "To the weir"] * 2


def test_a_plan_has_52_weeks_and_a_week_21_steps_at_most(cast: Cast) -> None:
    whole = PlanDraft("Long", weeks=[WeekDraft([step()])] * 52)
    plan = own.make_plan(person=cast.member, draft=whole)
    with pytest.raises(InvalidInput, match="too_many"):
        own.add_week(person=cast.member, slug=plan.slug)
    with pytest.raises(InvalidInput, match="too_many"):
        own.write_week(person=cast.member, slug=plan.slug, number=1, draft=WeekDraft([step()] * 22))
    assert (Week.objects.count(), Session.objects.count()) == (52, 52)


def test_nobody_has_more_than_fifty(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MOST_PLANS", 1)
    own_plan(cast.member)
    with pytest.raises(DomainError, match="too_many"):
        own_plan(cast.member)


def test_a_step_that_is_named_stays_the_same_step_wherever_it_goes(cast: Cast) -> None:
    plan = own_plan(cast.member)
    first, second, third, fourth = chain.from_iterable(as_it_is(plan))
    before = [first.pk, second.pk, third.pk, fourth.pk]
    moved = PlanDraft("Mill path", weeks=[WeekDraft([second, fourth]), WeekDraft([third, first])])
    own.write_plan(person=cast.member, slug=plan.slug, draft=moved)
    assert [row.pk for row in sessions_of(plan)] == [before[1], before[3], before[2], before[0]]


def test_somebody_elses_step_is_not_taken(cast: Cast) -> None:
    other, plan = own_plan(cast.stranger), own_plan(cast.member)
    theirs = sessions_of(other)[0]
    grab = PlanDraft("Mill path", weeks=[WeekDraft([step("Mine now", pk=theirs.pk)])])
    own.write_plan(person=cast.member, slug=plan.slug, draft=grab)
    theirs.refresh_from_db()
    assert (theirs.title, theirs.week.template) == ("To the mill", other)
    assert titles(plan) == ["Mine now"]


def test_a_change_that_would_shut_the_gate_is_refused_while_the_plan_is_open(cast: Cast) -> None:
    plan = own_plan(cast.member)
    with pytest.raises(NotReady):
        own.write_week(person=cast.member, slug=plan.slug, number=1, draft=WeekDraft([step(floor="")]))
    assert titles(plan) == ["To the mill", "To the weir"] * 2
    own.close_plan(person=cast.member, slug=plan.slug)
    own.write_week(person=cast.member, slug=plan.slug, number=1, draft=WeekDraft([step(floor="")]))
    assert sessions_of(plan)[0].floor == ""


def test_weeks_are_added_like_the_last_and_taken_out(cast: Cast) -> None:
    plan = own_plan(cast.member, weeks=1)
    own.write_week(person=cast.member, slug=plan.slug, number=1, draft=WeekDraft([step("Only")]))
    own.add_week(person=cast.member, slug=plan.slug)
    assert titles(plan) == ["Only", "Only"]
    own.write_week(person=cast.member, slug=plan.slug, number=2, draft=WeekDraft([step("Second")]))
    plan = own.remove_week(person=cast.member, slug=plan.slug, number=1)
    assert (titles(plan), plan.weeks, Week.objects.get().number) == (["Second"], 1, 1)


def test_a_week_like_the_last_has_the_reasons_that_its_person_may_not_read_too(cast: Cast) -> None:
    plan = own_plan(cast.member, weeks=1)
    named = set(sessions_of(plan)[0].mechanisms.all())
    Mechanism.objects.update(status="draft")

    own.add_week(person=cast.member, slug=plan.slug)

    assert named
    assert [set(row.mechanisms.all()) for row in sessions_of(plan)] == [named] * 4


def test_weeks_close_up_where_one_is_taken_out(cast: Cast) -> None:
    plan = own_plan(cast.member, weeks=4)
    Week.objects.filter(template=plan, number=4).update(number=5)  # as a copy has it of a plan that lost its fourth

    own.remove_week(person=cast.member, slug=plan.slug, number=2)
    own.add_week(person=cast.member, slug=plan.slug)

    assert list(plan.week_set.values_list("number", flat=True)) == [1, 2, 3, 4]


def test_what_was_done_of_a_step_that_goes_keeps_kind_minutes_and_title(cast: Cast, now: datetime) -> None:
    plan = own_plan(cast.member)
    first, second = sessions_of(plan)[:2]
    unnamed, named = log(cast, first, now), log(cast, second, now, title="In the rain")
    own.write_week(person=cast.member, slug=plan.slug, number=1, draft=WeekDraft([step("Another")]))
    unnamed.refresh_from_db()
    named.refresh_from_db()
    assert (unnamed.session, unnamed.title, unnamed.minutes, unnamed.exercise_type) == (None, "To the mill", 12, kind())
    assert named.title == "In the rain"


def test_removing_a_plan_ends_following_it_and_keeps_what_was_done(cast: Cast, now: datetime) -> None:
    plan = own_plan(cast.member)
    ended = make_enrollment(cast.member, plan, ended_at=now)
    active = make_enrollment(cast.member, plan)
    logs = [log(cast, sessions_of(plan)[0], now, enrollment=followed) for followed in (ended, active)]
    own.remove_plan(person=cast.member, slug=plan.slug)
    assert not PlanTemplate.objects.filter(pk=plan.pk).exists()
    assert not Enrollment.objects.exists()
    for row in logs:
        row.refresh_from_db()
        assert (row.enrollment, row.session, row.title, row.minutes) == (None, None, "To the mill", 12)


def test_a_plan_that_is_followed_is_no_draft(cast: Cast) -> None:
    plan = own_plan(cast.member)
    make_enrollment(cast.member, plan)
    with pytest.raises(DomainError, match="followed"):
        own.close_plan(person=cast.member, slug=plan.slug)


ACTS: dict[str, Any] = {
    "facts": lambda who, plan: own.write_facts(person=who, slug=plan.slug, draft=PlanDraft("Taken")),
    "whole": lambda who, plan: own.write_plan(person=who, slug=plan.slug, draft=PlanDraft("Taken")),
    "week": lambda who, plan: own.write_week(person=who, slug=plan.slug, number=1, draft=WeekDraft([])),
    "add": lambda who, plan: own.add_week(person=who, slug=plan.slug),
    "take out": lambda who, plan: own.remove_week(person=who, slug=plan.slug, number=1),
    "open": lambda who, plan: own.open_plan(person=who, slug=plan.slug),
    "close": lambda who, plan: own.close_plan(person=who, slug=plan.slug),
    "remove": lambda who, plan: own.remove_plan(person=who, slug=plan.slug),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS.keys())
@pytest.mark.parametrize("who", ["stranger", "superuser"])
def test_somebody_elses_plan_is_as_if_it_were_not_there(cast: Cast, act: Any, who: str) -> None:
    plan = own_plan(cast.member)
    with pytest.raises(Http404):
        act(cast.people[who], plan)
    plan.refresh_from_db()
    assert (plan.title, plan.is_published, titles(plan)) == ("Mill path", True, ["To the mill", "To the weir"] * 2)
