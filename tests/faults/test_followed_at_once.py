"""A plan that is followed is changed twice at once, and a word on its pace is said meanwhile: one copy, no fault."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest

from core import clock
from core.held import holding
from groups.models import PlanShare
from plans.drafts import PlanDraft, WeekDraft
from plans.models import Beginning, Cue, Enrollment, PlanTemplate, Session, SessionLog, Turn
from plans.services.beginnings import begin
from plans.services.logs import log_session
from plans.services.own import remove_plan, remove_plans_of, write_plan
from plans.services.own_copies import change_followed, copy_plan, find_to_change, find_to_copy
from plans.services.turns import take_turn
from tests.faults.doors import signed_in
from tests.faults.parallel import Act, all_at_once, unhurried
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of
from tests.plans.own_kit import as_it_is, draft, own_plan

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
        mine, anew = own_plan(cast.host), draft(f"New {number}", 1)

        def copy(pk: int = mine.pk) -> PlanTemplate:
            return copy_plan(person=cast.member, template=PlanTemplate.objects.get(pk=pk))

        def write(slug: str = mine.slug, said: PlanDraft = anew) -> PlanTemplate:
            return write_plan(person=cast.host, slug=slug, draft=said)

        copied, written = all_at_once([unhurried(copy), unhurried(write)])

        assert isinstance(written, PlanTemplate)
        assert isinstance(copied, PlanTemplate)
        steps = [len(week.shown_sessions) for week in copied.shown_weeks]
        assert (len(steps), set(steps)) == (copied.weeks, {copied.sessions_max})
        PlanTemplate.objects.filter(owner__in=[cast.member, cast.host]).delete()


def test_a_plan_that_two_phones_change_at_once_is_changed_once(cast: Cast) -> None:
    """One waits for the other in the query that finds what is followed, which has another plan by then."""
    plan = make_plan()
    for _round in range(ROUNDS):
        enrollment = make_enrollment(cast.member, plan)

        def change(uuid: UUID = enrollment.uuid) -> tuple[PlanTemplate, list[int]]:
            with holding():
                changed = change_followed(person=cast.member, enrollment=find_to_change(cast.member, uuid=uuid))
            return changed, [step.pk for step in sessions_of(changed)]

        first, second, third = all_at_once([unhurried(change), change, unhurried(change)])

        assert isinstance(first, tuple), first
        assert first == second == third
        assert PlanTemplate.objects.owned_by(cast.member).count() == 1
        Enrollment.objects.all().delete()
        PlanTemplate.objects.owned_by(cast.member).delete()


def test_days_are_changed_while_the_plan_becomes_ones_own(cast: Cast) -> None:
    """Who changes the days waits in the query that finds what is followed with its plan, which is another by then."""
    plan, client = make_plan(), signed_in(cast.member)
    for _round in range(ROUNDS):
        followed = make_enrollment(cast.member, plan)
        path = f"/api/v1/enrollments/{followed.uuid}/"

        def days(path: str = path) -> tuple[int, str]:
            said = {"cues": [{"weekday": 3, "at_time": "09:00"}]}
            answer = client.patch(path, said, format="json", headers={"If-Match": "*"})
            return answer.status_code, answer.json().get("template")

        def change(one: Enrollment = followed) -> PlanTemplate:
            return change_followed(person=cast.member, enrollment=one)

        changed, said = all_at_once([unhurried(change), unhurried(days)])

        assert isinstance(changed, PlanTemplate), changed
        assert said in {(200, plan.slug), (200, changed.slug)}
        assert list(Cue.objects.values_list("weekday", flat=True)) == [3]
        Enrollment.objects.all().delete()
        PlanTemplate.objects.owned_by(cast.member).delete()


def test_days_that_two_phones_change_at_once_are_those_of_one(cast: Cast) -> None:
    plan, client = make_plan(), signed_in(cast.member)
    for _round in range(ROUNDS):
        followed = make_enrollment(cast.member, plan)
        Cue.objects.create(enrollment=followed, weekday=0, at_time=time(8))
        path = f"/api/v1/enrollments/{followed.uuid}/"

        def days(*weekdays: int, path: str = path) -> int:
            said = {"cues": [{"weekday": day, "at_time": "09:00"} for day in weekdays]}
            answer = client.patch(path, said, format="json", headers={"If-Match": "*"})
            return answer.status_code

        answers = all_at_once([unhurried(lambda: days(1, 3)), unhurried(lambda: days(2, 3, 5))])

        assert answers == [200, 200]
        assert set(Cue.objects.values_list("weekday", flat=True)) in ({1, 3}, {2, 3, 5})
        Enrollment.objects.all().delete()


def test_a_plan_that_is_found_to_be_copied_is_copied_as_it_is(cast: Cast, now: datetime) -> None:
    """Who copies it waits for its owner while they find it, and reads what is written in it once they have its lock."""
    for number in range(ROUNDS):
        mine, anew = own_plan(cast.host), draft(f"New {number}", 1)
        PlanShare.objects.create(group=cast.group, template=mine, shared_by=cast.host, created_at=now)

        def copy(slug: str = mine.slug) -> PlanTemplate:
            with holding():
                return copy_plan(person=cast.member, template=find_to_copy(cast.member, slug=slug))

        def write(slug: str = mine.slug, said: PlanDraft = anew) -> PlanTemplate:
            return write_plan(person=cast.host, slug=slug, draft=said)

        copied, written = all_at_once([unhurried(copy), unhurried(write)])

        assert isinstance(written, PlanTemplate)
        assert isinstance(copied, PlanTemplate), copied
        steps = [len(week.shown_sessions) for week in copied.shown_weeks]
        assert (len(steps), copied.title) in {(2, "Mill path"), (1, written.title)}
        assert (len(steps), set(steps)) == (copied.weeks, {copied.sessions_max})
        PlanTemplate.objects.filter(owner__in=[cast.member, cast.host]).delete()


def test_somebodys_plan_that_two_phones_follow_at_once_is_copied_once(cast: Cast) -> None:
    client, now = signed_in(cast.member), clock.now()  # as it is in threads
    words = {"when_text": "I am home", "then_text": "I walk", "times_a_week": 2}
    for _round in range(ROUNDS):
        theirs = own_plan(cast.host)
        PlanShare.objects.create(group=cast.group, template=theirs, shared_by=cast.host, created_at=now)
        said = {**words, "template": theirs.slug, "starts_on": str(now.date())}
        follow: Act = unhurried(lambda said=said: client.post("/api/v1/enrollments/", said, format="json").status_code)

        assert sorted(all_at_once([follow, follow])) == [201, 409]  # type: ignore[type-var]
        assert PlanTemplate.objects.owned_by(cast.member).count() == 1
        Enrollment.objects.all().delete()
        PlanTemplate.objects.filter(owner__in=[cast.member, cast.host]).delete()


def noted_meanwhile(cast: Cast, now: datetime, act: Callable[[PlanTemplate], object]) -> None:
    """Note a step of one's own plan while `act` lets go of it: the log is kept, with its title, and both are done."""
    for _round in range(ROUNDS):
        mine = own_plan(cast.member)
        followed, step = make_enrollment(cast.member, mine), sessions_of(mine)[0]

        def note(followed: Enrollment = followed, step: Session = step) -> SessionLog:
            return log_session(person=cast.member, now=now, minutes=5, session=step, enrollment=followed)

        noted, done = all_at_once([unhurried(note), unhurried(lambda plan=mine: act(plan))])

        assert not isinstance(done, Exception), done
        assert isinstance(noted, SessionLog), noted
        noted.refresh_from_db()
        assert (noted.session, noted.title) == (None, step.title)
        Enrollment.objects.all().delete()


def test_a_step_that_its_owner_writes_anew_is_noted_meanwhile(cast: Cast, now: datetime) -> None:
    anew = draft("New", 1)
    noted_meanwhile(cast, now, lambda plan: write_plan(person=cast.member, slug=plan.slug, draft=anew))


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


def test_a_step_that_its_owner_moves_is_noted_meanwhile_as_that_step(cast: Cast, now: datetime) -> None:
    for _round in range(ROUNDS):
        mine = own_plan(cast.member)
        followed, steps = make_enrollment(cast.member, mine), sessions_of(mine)
        moved = PlanDraft("Moved", weeks=[WeekDraft(steps) for steps in reversed(as_it_is(mine))])

        def note(followed: Enrollment = followed, step: Session = steps[0]) -> SessionLog:
            return log_session(person=cast.member, now=now, minutes=5, session=step, enrollment=followed)

        def move(slug: str = mine.slug, draft: PlanDraft = moved) -> PlanTemplate:
            return write_plan(person=cast.member, slug=slug, draft=draft)

        noted, written = all_at_once([unhurried(note), unhurried(move)])

        assert isinstance(written, PlanTemplate), written
        assert isinstance(noted, SessionLog), noted
        noted.refresh_from_db()
        assert (noted.session, noted.enrollment) == (steps[0], followed)
        SessionLog.objects.all().delete()
        Enrollment.objects.all().delete()
        PlanTemplate.objects.all().delete()


def test_somebody_goes_while_a_step_of_their_plan_is_noted(cast: Cast, now: datetime) -> None:
    for _round in range(ROUNDS):
        mine = own_plan(cast.member)
        followed, step = make_enrollment(cast.member, mine), sessions_of(mine)[0]

        def note(followed: Enrollment = followed, step: Session = step) -> SessionLog:
            return log_session(person=cast.member, now=now, minutes=5, session=step, enrollment=followed)

        noted, gone = all_at_once([unhurried(note), unhurried(lambda: remove_plans_of(cast.member, now))])

        assert gone is None
        assert isinstance(noted, SessionLog), noted
        noted.refresh_from_db()
        assert (noted.session, noted.enrollment) == (None, None)
