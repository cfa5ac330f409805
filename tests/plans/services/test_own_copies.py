"""A copy reads like what it was copied from, belongs to one person, and leaves what was done as it is."""

from datetime import datetime, time
from functools import partial
from typing import Any

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import DomainError, NotPermitted
from core.held import holding
from groups.models import PlanShare
from plans.models import Enrollment, PlanTemplate, Session, SessionLog
from plans.services import own
from plans.services.enrollments import follow_plan, stop_following
from plans.services.own_copies import change_followed, copy_plan, find_to_change, find_to_copy
from plans.services.readiness import answer_readiness
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_mechanism, make_plan, sessions_of
from tests.plans.own_kit import own_plan

WORDS = {"when_text": "I am home", "then_text": "I walk"}


def follow(person: Any, plan: PlanTemplate, now: datetime) -> Enrollment:
    return follow_plan(person=person, template=plan, starts_on=now.date(), cues=[(1, time(9))], now=now, **WORDS)


def test_a_copy_reads_the_same_and_knows_where_it_came_from(cast: Cast) -> None:
    plan = make_plan()
    copy = copy_plan(person=cast.member, template=plan)
    assert (copy.owner, copy.copied_from, copy.is_published) == (cast.member, plan, False)
    assert (copy.title_en, copy.title_zh_hans, copy.gap_rule) == (plan.title_en, plan.title_zh_hans, plan.gap_rule)
    assert [caution.text for caution in copy.contraindications.all()] == ["With a fever, rest."]
    pairs = list(zip(sessions_of(copy), sessions_of(plan), strict=True))
    assert all(own.origin == origin and own.title_zh_hans == origin.title_zh_hans for own, origin in pairs)
    assert all(set(own.mechanisms.all()) == set(origin.mechanisms.all()) for own, origin in pairs)
    assert not copy.needs.exists()
    assert not copy.citations.exists()
    assert own.open_plan(person=cast.member, slug=copy.slug).pk == copy.pk


def test_changing_a_followed_plan_moves_the_person_to_a_copy(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    enrollment = make_enrollment(cast.member, plan)
    session = sessions_of(plan)[0]
    values = {"minutes": 9, "intensity": "light", "exercise_type": session.exercise_type, "done_at": now}
    log = SessionLog.objects.create(
        person=cast.member, session=session, enrollment=enrollment, local_on=now.date(), **values
    )
    copy = change_followed(person=cast.member, enrollment=enrollment)
    enrollment.refresh_from_db()
    log.refresh_from_db()
    assert (enrollment.template, copy.is_published, copy.owner) == (copy, True, cast.member)
    assert (log.session, log.enrollment) == (session, enrollment)
    assert sessions_of(copy)[0].origin == session
    assert change_followed(person=cast.member, enrollment=enrollment) == copy
    assert PlanTemplate.objects.owned_by(cast.member).count() == 1


def test_only_the_follower_changes_and_only_while_following(cast: Cast, now: datetime) -> None:
    enrollment = make_enrollment(cast.member, make_plan())
    with pytest.raises(NotPermitted):
        change_followed(person=cast.stranger, enrollment=enrollment)
    stop_following(person=cast.member, enrollment=enrollment, now=now)
    with pytest.raises(DomainError, match="ended"):
        change_followed(person=cast.member, enrollment=enrollment)
    assert not PlanTemplate.objects.filter(owner__isnull=False).exists()


def test_one_follows_ones_own_plan_itself(cast: Cast, now: datetime) -> None:
    plan = own_plan(cast.member)
    assert follow(cast.member, plan, now).template == plan


def test_before_somebody_elses_vigorous_plan_the_question_has_its_answer(cast: Cast, now: datetime) -> None:
    theirs = own_plan(cast.owner)
    Session.objects.filter(pk=sessions_of(theirs)[0].pk).update(intensity="vigorous")
    with pytest.raises(DomainError, match="readiness_needed"):
        follow(cast.member, theirs, now)
    assert not PlanTemplate.objects.owned_by(cast.member).exists()

    answer_readiness(person=cast.member, asks_first=False, now=now)

    assert follow(cast.member, theirs, now).template.copied_from == theirs


def test_following_somebody_elses_plan_is_following_a_copy_that_stays(cast: Cast, now: datetime) -> None:
    theirs = own_plan(cast.owner)
    enrollment = follow(cast.member, theirs, now)
    assert (enrollment.template.owner, enrollment.template.copied_from) == (cast.member, theirs)
    with pytest.raises(DomainError, match="already_following"):
        follow(cast.member, theirs, now)
    own.remove_plan(person=cast.owner, slug=theirs.slug)
    enrollment.refresh_from_db()
    assert [step.title for step in sessions_of(enrollment.template)] == ["To the mill", "To the weir"] * 2
    assert enrollment.is_active


def test_a_copy_counts_among_the_plans_one_may_have(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "MOST_PLANS", 0)
    with pytest.raises(DomainError, match="too_many"):
        copy_plan(person=cast.member, template=make_plan())


def test_a_copy_of_ones_own_is_nobody_elses(cast: Cast) -> None:
    copy = copy_plan(person=cast.member, template=own_plan(cast.member))
    with pytest.raises(Http404):
        own.remove_plan(person=cast.stranger, slug=copy.slug)


def asks(act: Any) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len([1 for query in queries if "SAVEPOINT" not in query["sql"]])


def test_a_copy_takes_seven_for_a_plan_of_any_size_of_anybody(cast: Cast) -> None:
    """Over the API it is eight, with who is asking."""
    short, long = make_plan("short", weeks=1, per_week=1), make_plan("long", weeks=9)
    shared = copy_plan(person=cast.host, template=long)  # with its cautions
    own.open_plan(person=cast.host, slug=shared.slug)
    PlanShare.objects.create(group=cast.group, template=shared, shared_by=cast.host, created_at=clock.now())

    def copy(plan: PlanTemplate) -> None:
        with holding():
            copy_plan(person=cast.member, template=find_to_copy(cast.member, slug=plan.slug))

    assert [asks(partial(copy, plan)) for plan in (short, long, shared)] == [7, 7, 7]
    copies = PlanTemplate.objects.owned_by(cast.member).order_by("pk")
    assert [len(sessions_of(copy)) for copy in copies] == [1, 18, 18]


def test_a_plan_that_is_followed_is_changed_in_seven(cast: Cast) -> None:
    def change(enrollment: Enrollment) -> None:
        with holding():
            change_followed(person=cast.member, enrollment=find_to_change(cast.member, uuid=enrollment.uuid))

    plans = make_plan("short", weeks=1, per_week=1), make_plan("long", weeks=9)
    for plan in plans:
        enrollment = make_enrollment(cast.member, plan)
        assert asks(partial(change, enrollment)) == 7
        enrollment.refresh_from_db()
        assert enrollment.template.copied_from == plan
        assert asks(partial(change, enrollment)) == 1  # it is theirs


def test_what_one_may_not_see_is_not_found(cast: Cast) -> None:
    hidden, theirs = own_plan(cast.owner), make_enrollment(cast.owner, make_plan())
    draft = make_plan("draft", published=False)
    with holding():
        for plan in (hidden, draft):
            with pytest.raises(PlanTemplate.DoesNotExist):
                find_to_copy(cast.member, slug=plan.slug)
        with pytest.raises(Enrollment.DoesNotExist):
            find_to_change(cast.member, uuid=theirs.uuid)


def test_a_copy_keeps_reasons_that_nobody_may_read_about_and_shows_them_not(cast: Cast) -> None:
    plan = make_plan(weeks=1, per_week=1)
    sessions_of(plan)[0].mechanisms.add(make_mechanism("unwritten", status="draft"))

    copy = copy_plan(person=cast.member, template=plan)

    (step,) = copy.shown_weeks[0].shown_sessions
    assert [reason.slug for reason in step.shown_mechanisms] == ["behavioural-activation"]
    assert {reason.slug for reason in step.mechanisms.all()} == {"behavioural-activation", "unwritten"}


def test_a_plan_is_copied_as_it_is_now_however_often_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = make_plan(weeks=1)
    monkeypatch.setattr(own, "MOST_PLANS", 2)
    copy_plan(person=cast.member, template=plan)
    Session.objects.filter(week__template=plan).update(minutes=21)

    assert {step.minutes for step in sessions_of(copy_plan(person=cast.member, template=plan))} == {21}
    with pytest.raises(DomainError, match="too_many"):
        copy_plan(person=cast.member, template=plan)
