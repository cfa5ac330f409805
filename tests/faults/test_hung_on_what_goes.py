"""Two at one moment: one takes away what the other hangs something on, or both make the same. Neither is a fault."""

import random
from collections.abc import Callable
from datetime import datetime, time
from time import sleep

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.test import Client

from accounts.models import User
from accounts.services.profile import change_settings
from core.errors import DomainError
from groups.models import Group, GroupPlan, Membership
from groups.services.counting import count_steps
from groups.services.groups import create_group
from groups.services.plans_together import end_group_plan, follow_along, set_group_plan
from groups.services.sharing import share_plan
from notifications import kinds
from notifications.models import Pace
from notifications.services.pace import answer, choose_pace
from notifications.services.preferences import change
from plans.models import Beginning, Cue, Enrollment, PlanTemplate
from plans.services.beginnings import begin
from plans.services.enrollments import change_following
from plans.services.logs import log_session
from plans.services.own import remove_plan
from plans.services.own_copies import change_followed
from plans.services.pauses import pause_plans
from tests.faults.parallel import Act, all_at_once, unhurried
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan, sessions_of
from tests.plans.own_kit import kind, own_plan

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]
ROUNDS = 10
KEEP_WORDS = "a-quiet-trail-in-the-morning"


def faults(*acts: Act) -> list[object]:
    """Return what the acts, each with a breath before every statement, did not expect."""
    answers = all_at_once([unhurried(act) for act in acts])
    return [one for one in answers if isinstance(one, Exception) and not isinstance(one, DomainError | Http404)]


def cues(cast: Cast, one: Enrollment, now: datetime) -> object:
    return change_following(person=cast.member, enrollment=one, now=now, cues=[(1, time(9)), (3, time(9))])


def share(cast: Cast, one: Enrollment, now: datetime) -> object:
    return share_plan(group=cast.group, person=cast.member, template=one.template, now=now)


def together(cast: Cast, one: Enrollment, now: datetime) -> object:
    return set_group_plan(group=cast.group, person=cast.host, template=one.template, starts_on=now.date(), now=now)


def pause(cast: Cast, one: Enrollment, now: datetime) -> object:
    return pause_plans(person=cast.member, enrollment=one, now=now)


def note_without_a_step(cast: Cast, one: Enrollment, now: datetime) -> object:
    said = {"exercise_type": kind(), "minutes": 5, "intensity": "light"}
    return log_session(person=cast.member, now=now, enrollment=one, **said)


def note_what_was_begun(cast: Cast, one: Enrollment, now: datetime) -> object:
    begun = get_object_or_404(Beginning.objects.visible_to(cast.member), enrollment=one)  # its plan may be gone
    return log_session(person=cast.member, now=now, uuid=begun.uuid, mood_after=5)


def go_along(cast: Cast, one: Enrollment, now: datetime) -> object:
    (shared,) = GroupPlan.objects.filter(template=one.template)
    return follow_along(group_plan=shared, person=cast.member, enrollment=one, now=now)


def end_it(cast: Cast, one: Enrollment, now: datetime) -> object:
    (shared,) = GroupPlan.objects.filter(template=one.template)
    return end_group_plan(group_plan=shared, person=cast.host, now=now)


HANGING = [cues, share, together, pause, note_without_a_step, note_what_was_begun, go_along, end_it]


@pytest.mark.parametrize("hang", HANGING)
def test_a_plan_goes_while_something_is_hung_on_it(
    cast: Cast, now: datetime, hang: Callable[[Cast, Enrollment, datetime], object]
) -> None:
    for _round in range(ROUNDS):
        plan = own_plan(cast.member)
        followed = make_enrollment(cast.member, plan)
        if hang in {together, go_along, end_it}:
            share(cast, followed, now)
        if hang in {go_along, end_it}:
            together(cast, followed, now)
        if hang is note_what_was_begun:
            begin(person=cast.member, now=now, session=sessions_of(plan)[0], enrollment=followed)
        wrong = faults(
            lambda one=followed: hang(cast, one, now),
            lambda slug=plan.slug: remove_plan(person=cast.member, slug=slug),
        )
        assert wrong == []
        assert not PlanTemplate.objects.filter(pk=plan.pk).exists()


def test_a_plan_goes_while_what_its_owner_left_is_counted(cast: Cast, now: datetime) -> None:
    for _round in range(ROUNDS * 2):
        plan = own_plan(cast.member)
        followed = make_enrollment(cast.member, plan)
        for hang in (share, together, go_along):
            hang(cast, followed, now)
        Membership.objects.filter(person=cast.member).update(left_at=now)
        (shared,) = GroupPlan.objects.filter(template=plan)

        def count(one: GroupPlan = shared) -> None:
            sleep(random.uniform(0, 0.02))
            count_steps(one, now=now)

        assert faults(count, lambda slug=plan.slug: remove_plan(person=cast.member, slug=slug)) == []
        Membership.objects.filter(person=cast.member).update(left_at=None)


def test_a_plan_is_changed_and_paused(cast: Cast, now: datetime) -> None:
    plan = make_plan()
    for _round in range(ROUNDS):
        followed = make_enrollment(cast.member, plan)
        wrong = faults(
            lambda one=followed: change_followed(person=cast.member, enrollment=one),
            lambda one=followed: pause(cast, one, now),
        )
        assert wrong == []
        Enrollment.objects.all().delete()


def test_the_same_switches_in_another_order(cast: Cast, now: datetime) -> None:
    for number in range(ROUNDS):
        wanted = {"email": bool(number % 2), "inbox": True, "push": False}
        orders = (wanted, dict(reversed(wanted.items())))
        wrong = faults(*(
            lambda order=order: change(person=cast.member, kind="session_cue", wanted=order, now=now)
            for order in orders
        ))  # fmt: skip
        assert wrong == []


def test_the_switches_and_the_pace_of_one_kind(cast: Cast, now: datetime) -> None:
    kind = next(one.name for one in kinds.choosable() if one.is_nudge)
    for _round in range(ROUNDS):

        def choose() -> None:
            with transaction.atomic():  # as the API does
                change(person=cast.member, kind=kind, wanted={"push": True, "email": True}, now=now)
                choose_pace(person=cast.member, kind=kind, every=2)

        assert faults(choose, lambda: answer(person=cast.member, kind=kind, answer="none", now=now)) == []


def test_fewer_and_a_pace_that_is_chosen_come_one_after_the_other(cast: Cast, now: datetime) -> None:
    kind = next(one.name for one in kinds.choosable() if one.is_nudge)
    for _round in range(ROUNDS * 2):
        Pace.objects.update_or_create(person=cast.member, kind=kind, defaults={"every": 1})
        wrong = faults(
            lambda: answer(person=cast.member, kind=kind, answer="fewer", now=now),
            lambda: choose_pace(person=cast.member, kind=kind, every=4),
        )
        assert wrong == []
        assert Pace.objects.get(person=cast.member, kind=kind).every in {4, 8}


def test_new_days_and_a_new_time_zone(cast: Cast, now: datetime) -> None:
    followed = make_enrollment(cast.member, make_plan())
    for number in range(ROUNDS):
        Cue.objects.filter(enrollment=followed).delete()
        for weekday in (4, 1):  # not in the order in which they are changed
            Cue.objects.create(enrollment=followed, weekday=weekday, at_time=time(8))
        zone = ("Asia/Tokyo", "Europe/Berlin")[number % 2]
        wrong = faults(
            lambda: cues(cast, followed, now),
            lambda zone=zone: change_settings(person=cast.member, changes={"time_zone": zone}),
        )
        assert wrong == []


def test_two_groups_of_one_name(cast: Cast, now: datetime) -> None:
    said = {"name": "Night Ferns", "kind": "walking", "place": "Here", "time_zone": "UTC"}
    for _round in range(ROUNDS):
        assert faults(*(lambda p=p: create_group(owner=p, now=now, **said) for p in (cast.owner, cast.host))) == []
        assert Group.objects.filter(name="Night Ferns").count() == 2
        Group.objects.filter(name="Night Ferns").delete()


def test_an_address_signs_up_twice_at_once_by_page_and_by_app() -> None:
    for number in range(ROUNDS):
        email = f"new-{number}@people.example"
        page = {"email": email, "password1": KEEP_WORDS, "password2": KEEP_WORDS}
        app = {"email": email, "password": KEEP_WORDS}
        cache.clear()  # what counts how often somebody signs up
        answers = all_at_once([
            lambda said=page: Client().post("/account/signup/", said).status_code,
            lambda said=page: Client().post("/account/signup/", said).status_code,
            lambda said=app: Client().post("/_allauth/app/v1/auth/signup", said, "application/json").status_code,
        ])  # fmt: skip
        assert {302, 401} & set(answers)  # a code is asked for
        assert set(answers) <= {302, 401, 429}  # of the others it is asked later, if they know the password
        assert User.objects.filter(email=email).count() == 1
    assert any("code" in message.subject.lower() for message in mail.outbox)
