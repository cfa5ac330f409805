"""Somebody acts on what went while they looked at it: it is answered like what has never been."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.http import Http404

from groups.models import Event, Goal, GroupPlan, Post, Series
from groups.services.feed import change_words, cheer, remove_words, write_comment, write_post
from groups.services.goals import close_goal, count_me_in, count_me_out, set_goal
from groups.services.host_messages import write_to_participants
from groups.services.plans_together import end_group_plan
from groups.services.rsvps import rsvp
from groups.services.series import confirm_series, start_series
from groups.services.watching import look_after, pin
from plans.models import Enrollment
from plans.services.days import rest_on
from plans.services.enrollments import change_following, stop_following
from plans.services.own_copies import change_followed
from plans.services.turns import take_turn
from tests.groups.kit import GOING, make_event
from tests.kit.cast import Cast
from tests.plans.kit import make_enrollment, make_plan

pytestmark = pytest.mark.django_db

type Act = Callable[[Any, Cast, datetime], object]

OF_POST: dict[str, Act] = {
    "change": lambda post, cast, now: change_words(words=post, person=cast.owner, text="Anew", now=now),
    "hide": lambda post, cast, now: look_after(words=post, person=cast.owner, act="hide", now=now),
    "comment": lambda post, cast, now: write_comment(post=post, person=cast.member, text="Lovely", now=now),
    "cheer": lambda post, cast, now: cheer(post=post, person=cast.member, now=now),
    "pin": lambda post, cast, now: pin(post=post, person=cast.owner, is_on=True, now=now),
}
OF_EVENT: dict[str, Act] = {
    "answer": lambda event, cast, now: rsvp(event=event, person=cast.member, answer=GOING, now=now),
    "write": lambda event, cast, now: write_to_participants(event=event, author=cast.owner, text="Rain", now=now),
}
OF_GOAL: dict[str, Act] = {
    "close": lambda goal, cast, now: close_goal(goal=goal, person=cast.owner, now=now),
    "in": lambda goal, cast, now: count_me_in(goal=goal, person=cast.owner, now=now),
    "out": lambda goal, cast, _now: count_me_out(goal=goal, person=cast.owner),
}
OF_FOLLOWED: dict[str, Act] = {
    "change": lambda one, cast, now: change_following(person=cast.member, enrollment=one, now=now, why="Air"),
    "stop": lambda one, cast, now: stop_following(person=cast.member, enrollment=one, now=now),
    "rest": lambda one, cast, now: rest_on(person=cast.member, enrollment=one, planned_on=now.date(), now=now),
    "turn": lambda one, cast, now: take_turn(person=cast.member, enrollment=one, way="again", now=now),
    "copy": lambda one, cast, _now: change_followed(person=cast.member, enrollment=one),
}


@pytest.mark.parametrize("act", OF_POST.values(), ids=OF_POST)
def test_a_post(cast: Cast, now: datetime, act: Act) -> None:
    post = write_post(group=cast.group, person=cast.owner, text="Good morning", now=now)
    Post.objects.filter(pk=post.pk).delete()
    with pytest.raises(Http404):
        act(post, cast, now)


def test_a_post_is_taken_back_twice(cast: Cast, now: datetime) -> None:
    post = write_post(group=cast.group, person=cast.owner, text="Good morning", now=now)
    for _tap in range(2):
        remove_words(words=Post(pk=post.pk, author=cast.owner, group=cast.group), person=cast.owner)
    assert not Post.objects.exists()


@pytest.mark.parametrize("act", OF_EVENT.values(), ids=OF_EVENT)
def test_an_event(cast: Cast, now: datetime, act: Act) -> None:
    event = make_event(cast.group, now)
    Event.objects.filter(pk=event.pk).delete()
    with pytest.raises(Http404):
        act(event, cast, now)


@pytest.mark.parametrize("act", OF_GOAL.values(), ids=OF_GOAL)
def test_a_goal(cast: Cast, now: datetime, act: Act) -> None:
    days = {"starts_on": now.date(), "ends_on": now.date() + timedelta(days=20)}
    goal = set_goal(group=cast.group, person=cast.owner, title="Lake", unit="minutes", target=600, now=now, **days)
    Goal.objects.filter(pk=goal.pk).delete()
    with pytest.raises(Http404):
        act(goal, cast, now)


@pytest.mark.parametrize("act", OF_FOLLOWED.values(), ids=OF_FOLLOWED)
def test_what_somebody_follows(cast: Cast, now: datetime, act: Act) -> None:
    followed = make_enrollment(cast.member, make_plan())
    Enrollment.objects.filter(pk=followed.pk).delete()
    with pytest.raises(Http404):
        act(followed, cast, now)


def test_a_plan_followed_together(cast: Cast, now: datetime) -> None:
    together = GroupPlan.objects.create(group=cast.group, template=make_plan(), starts_on=now.date(), created_at=now)
    GroupPlan.objects.filter(pk=together.pk).delete()
    with pytest.raises(Http404):
        end_group_plan(group_plan=together, person=cast.owner, now=now)


def test_a_series(cast: Cast, now: datetime) -> None:
    loops = {"title": "Loop", "place": "Lake", "setting": "water", "effort": "easy", "minutes": 60, "at_time": time(18)}
    series = start_series(group=cast.group, starts_on=now.date(), rrule="FREQ=WEEKLY;BYDAY=TU", now=now, **loops)
    Series.objects.filter(pk=series.pk).delete()
    with pytest.raises(Http404):
        confirm_series(series=series, now=now)
