"""A copy reads like what it was copied from, belongs to one person, and leaves what was done as it is."""

from datetime import datetime, time
from typing import Any

import pytest
from django.http import Http404

from core.errors import DomainError, NotPermitted
from plans.models import Enrollment, PlanTemplate, SessionLog
from plans.services import own
from plans.services.enrollments import follow_plan, stop_following
from plans.services.own_copies import change_followed, copy_plan
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of
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
