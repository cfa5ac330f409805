"""A plan that is followed is changed twice at once, and a word on its pace is said meanwhile: one copy, no fault."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from plans.models import Beginning, Enrollment, PlanTemplate, Session, SessionLog, Turn
from plans.services.beginnings import begin
from plans.services.logs import log_session
from plans.services.own import remove_plan, write_plan
from plans.services.own_copies import change_followed, copy_plan
from plans.services.turns import take_turn
from tests.faults.parallel import all_at_once
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of
from tests.plans.own_kit import draft, own_plan

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]
ROUNDS = 10


def test_a_plan_that_is_changed_twice_at_once_is_changed_once(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    for number in range(ROUNDS):
        enrollment = make_enrollment(cast.member, plan)
        log_session(
            person=cast.member, now=now, minutes=5, session=sessions_of(plan)[0], enrollment=enrollment, done_at=now
        )
        later = now + timedelta(days=1, hours=number)

        def change(pk: int = enrollment.pk) -> PlanTemplate:
            return change_followed(person=cast.member, enrollment=Enrollment.objects.get(pk=pk))

        def turn(pk: int = enrollment.pk, at: datetime = later) -> Turn:
            found = Enrollment.objects.select_related("template").get(pk=pk)
            return take_turn(person=cast.member, enrollment=found, way="on", now=at)

        first, second, said = all_at_once([change, change, turn])

        assert isinstance(first, PlanTemplate)
        assert first == second
        assert isinstance(said, Turn)
        Enrollment.objects.all().delete()


def test_a_plan_is_copied_as_it_is_before_or_after_its_owner_writes_it(cast: Cast) -> None:
    for number in range(ROUNDS):
        mine = own_plan(cast.host)

        def copy(pk: int = mine.pk) -> PlanTemplate:
            return copy_plan(person=cast.member, template=PlanTemplate.objects.get(pk=pk))

        def write(slug: str = mine.slug, title: str = f"New {number}") -> PlanTemplate:
            return write_plan(person=cast.host, slug=slug, draft=draft(title, 1))

        copied, written = all_at_once([copy, write])

        assert isinstance(written, PlanTemplate)
        assert isinstance(copied, PlanTemplate)
        steps = [len(week.shown_sessions) for week in copied.shown_weeks]
        assert (len(steps), set(steps)) == (copied.weeks, {copied.sessions_max})
        PlanTemplate.objects.filter(owner__in=[cast.member, cast.host]).delete()


def noted_meanwhile(cast: Cast, now: datetime, act: Callable[[PlanTemplate], object]) -> None:
    """Note a step of one's own plan while `act` lets go of it: the log is kept, with its title, and both are done."""
    for _round in range(ROUNDS):
        mine = own_plan(cast.member)
        followed, step = make_enrollment(cast.member, mine), sessions_of(mine)[0]

        def note(followed: Enrollment = followed, step: Session = step) -> SessionLog:
            return log_session(person=cast.member, now=now, minutes=5, session=step, enrollment=followed)

        noted, done = all_at_once([note, lambda plan=mine: act(plan)])

        assert not isinstance(done, Exception), done
        assert isinstance(noted, SessionLog), noted
        noted.refresh_from_db()
        assert (noted.session, noted.title) == (None, step.title)
        Enrollment.objects.all().delete()


def test_a_step_that_its_owner_writes_anew_is_noted_meanwhile(cast: Cast, now: datetime) -> None:
    noted_meanwhile(cast, now, lambda plan: write_plan(person=cast.member, slug=plan.slug, draft=draft("New", 1)))


def test_a_step_of_a_plan_that_goes_is_noted_meanwhile(cast: Cast, now: datetime) -> None:
    noted_meanwhile(cast, now, lambda plan: remove_plan(person=cast.member, slug=plan.slug))


def test_a_step_that_goes_is_begun_meanwhile(cast: Cast, now: datetime) -> None:
    for _round in range(ROUNDS):
        mine = own_plan(cast.member)
        step = sessions_of(mine)[0]
        begun, gone = all_at_once([
            lambda step=step: begin(person=cast.member, now=now, session=step, guess=3),
            lambda plan=mine: remove_plan(person=cast.member, slug=plan.slug),
        ])  # fmt: skip
        assert (begun.session_id if isinstance(begun, Beginning) else begun, gone) in {(None, None), (step.pk, None)}
        assert not Beginning.objects.visible_to(cast.member).exclude(session=None).exists()
        Beginning.objects.visible_to(cast.member).delete()
