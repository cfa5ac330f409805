"""The home page: where visitors begin, and a member's day."""

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse

from core import clock
from groups.models import Event, Group, Rsvp
from library.models import Need
from plans.models import PlanTemplate
from plans.services.days import put_off
from plans.services.enrollments import follow_plan
from plans.services.logs import log_session
from plans.services.pauses import pause_plans
from plans.today import steps_for
from tests.kit.cast import make_group, make_person
from tests.plans.kit import make_need, make_plan, make_type


@pytest.fixture
def content(db):
    make_need("low-mood")
    make_need("loneliness")
    for slug in ("ten-minute-walk", "sleep-better", "calm-mind"):
        make_plan(slug)


def make_event(group, now, **fields):
    defaults = {
        "title": "Riverside walk",
        "starts_at": now + timedelta(days=2),
        "ends_at": now + timedelta(days=2, hours=1),
        "time_zone": "Europe/Berlin",
        "place": "The old bridge",
        "setting": Event.Setting.WATER,
        "effort": Group.Effort.EASY,
    }
    return Event.objects.create(group=group, **{**defaults, **fields})


def follow(person, now, slug="ten-minute-walk", **fields):
    defaults = {
        "starts_on": now.date(),
        "cues": [(weekday, time(18, 30)) for weekday in range(7)],
        "when_text": "the kettle is on",
        "then_text": "walk to the river",
    }
    return follow_plan(person=person, template=PlanTemplate.objects.get(slug=slug), now=now, **{**defaults, **fields})


def page(client, path="/"):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


# Visitors ----------------------------------------------------------------------------------------
def test_visitor_is_asked_what_weighs_on_them(content, as_person):
    shown = page(as_person(None))

    assert "What weighs on you?" in shown
    for need in Need.objects.all():
        assert reverse("library:need", args=[need.slug]) in shown


def test_visitor_sees_the_next_public_event(cast, content, now, as_person):
    make_event(cast.group, now)

    assert "Riverside walk" in page(as_person(None))


@pytest.mark.parametrize(("path", "title"), [("/", "Riverside walk"), ("/zh-hans/", "河边散步")])
def test_a_group_that_speaks_the_readers_language_comes_first(cast, content, now, as_person, path, title):
    for name, languages, days in [("Riverside walk", "english, Deutsch", 3), ("河边散步", "中文", 2)]:
        group = make_group(slug=f"in-{days}", name=f"In {days}", languages=languages)
        make_event(group, now, title=name, starts_at=now + timedelta(days=days), ends_at=now + timedelta(days=days + 1))

    shown = page(as_person(None), path)

    assert [name for name in ("Riverside walk", "河边散步") if name in shown] == [title]


@pytest.mark.parametrize("visibility", [Group.Visibility.PRIVATE, Group.Visibility.UNLISTED])
def test_visitor_sees_no_event_of_a_group_that_is_not_public(cast, content, now, as_person, visibility):
    hidden = make_group(slug="hidden", name="Hidden", visibility=visibility)
    make_event(hidden, now, title="Secret walk")

    assert "Secret walk" not in page(as_person(None))


def test_visitor_reads_chinese_at_its_own_address(content, as_person):
    shown = page(as_person(None), "/zh-hans/")

    assert '<html lang="zh-hans">' in shown
    assert "中文：I have low-mood" in shown


def test_newcomer_is_led_through_the_welcome(db, as_person):
    newcomer = make_person("newcomer", welcomed_at=None)

    assert as_person(newcomer).get("/").url == reverse("accounts:welcome", kwargs={"step": "language"})


# Members -----------------------------------------------------------------------------------------
def test_member_without_a_plan_is_offered_ways_to_begin(cast, content, now, as_person):
    shown = page(as_person(cast.stranger))

    assert reverse("library:finder") in shown
    assert reverse("plans:templates") in shown
    assert reverse("groups:groups") in shown
    assert "Tuesday 10 March" in shown


def test_member_sees_the_step_why_it_helps_and_its_floor(cast, content, now, as_person):
    follow(cast.member, now)

    shown = page(as_person(cast.member))

    step = steps_for(cast.member, now=now)[0]
    assert step.session.title in shown
    assert step.session.floor in shown
    assert step.reasons[0].get_absolute_url() in shown
    assert f'action="{reverse("plans:begin")}"' in shown
    assert f'name="session" value="{step.session.pk}"' in shown
    assert 'name="floor" value="1"' in shown


def test_not_today_shows_their_own_words(cast, content, now, as_person):
    follow(cast.member, now, obstacle_text="it pours", instead_text="take the stairs")

    assert "If it pours, then take the stairs." in page(as_person(cast.member))


def test_a_done_step_is_not_offered_again(cast, content, now, as_person):
    enrollment = follow(cast.member, now)
    session = steps_for(cast.member, now=now)[0].session
    log_session(person=cast.member, now=now, minutes=10, intensity="light", session=session, enrollment=enrollment)

    shown = page(as_person(cast.member))

    assert "is done for today" in shown
    assert ">Start<" not in shown
    assert "Your week has begun." in shown
    assert "The week is open." not in shown


def test_the_open_step_comes_before_the_one_that_is_done(cast, content, now, as_person):
    done, open_ = follow(cast.member, now), follow(cast.member, now, slug="sleep-better")
    session = next(step.session for step in steps_for(cast.member, now=now) if step.enrollment == done)
    log_session(person=cast.member, now=now, minutes=10, intensity="light", session=session, enrollment=done)

    shown = as_person(cast.member).get("/").context["today"]

    assert shown.step.enrollment == open_
    assert [step.enrollment for step in shown.other_steps] == [done]


def test_a_plan_that_lies_ahead_says_when_it_begins(cast, content, now, as_person):
    follow(cast.member, now, starts_on=now.date() + timedelta(days=3))

    assert "Your plan begins on Friday 13 March." in page(as_person(cast.member))


def test_member_sees_their_next_event_and_answer(cast, content, now, as_person):
    event = make_event(cast.group, now, going_count=1)
    Rsvp.objects.create(event=event, person=cast.member, status=Rsvp.Status.GOING)

    shown = page(as_person(cast.member))

    assert event.get_absolute_url() in shown
    assert "1 going" in shown


@pytest.mark.parametrize("status", [Rsvp.Status.DECLINED])
def test_a_declined_event_is_not_brought_up(cast, content, now, as_person, status):
    event = make_event(cast.group, now)
    Rsvp.objects.create(event=event, person=cast.member, status=status)

    assert "Riverside walk" not in page(as_person(cast.member))


def test_the_week_is_the_persons_own(cast, content, now, as_person):
    log_session(person=cast.host, now=now, minutes=40, intensity="moderate", exercise_type=make_type("walking"))

    assert "<strong>40 minutes</strong>" in page(as_person(cast.host))
    assert "40 minutes" not in page(as_person(cast.member))


# Frame -------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["stranger", None])
def test_every_page_has_the_frame(cast, content, now, as_person, who):
    shown = page(as_person(cast.people[who] if who else None))

    assert 'href="#main"' in shown
    assert reverse("library:get_help") in shown
    assert "style=" not in shown
    assert shown.count("<h1") == 1


def test_what_is_hidden_reads_like_what_never_was(cast, as_person):
    client = as_person(None)
    make_group(slug="hidden", name="Hidden", visibility=Group.Visibility.PRIVATE)
    bodies = []
    for path in ("/groups/never-was/", "/groups/hidden/"):
        answer = client.get(path)
        assert answer.status_code == 404
        bodies.append(answer.content.decode().replace(path, ""))

    assert bodies[0] == bodies[1]


def test_styleguide_shows_every_part(db, as_person):
    assert "Style guide" in page(as_person(None), "/dev/styleguide/")


# What a step asks for ------------------------------------------------------------------------------
PRIMARY = re.compile(r'<button[^>]*name="floor"[^>]*button--primary')
HEADING = re.compile(r'<h2 id="step" class="step__sentence">\s*(.*?)\s*</h2>')


def test_after_some_days_the_small_version_is_the_first_to_tap(cast, content, now, as_person):
    enrollment = follow(cast.member, now)
    session = steps_for(cast.member, now=now)[0].session
    log_session(person=cast.member, now=now, minutes=10, intensity="light", session=session, enrollment=enrollment)

    for days, is_small_first in [(1, False), (5, True), (20, True)]:
        with clock.frozen_at(now + timedelta(days=days)):
            shown = page(as_person(cast.member))
        assert bool(PRIMARY.search(shown)) == is_small_first
        assert ("The whole step" in shown) == is_small_first
        assert (HEADING.search(shown)[1] == session.floor) == is_small_first


def test_a_plan_that_rests_says_until_when_and_asks_for_nothing(cast, content, now, as_person):
    enrollment = follow(cast.member, now)
    pause = pause_plans(person=cast.member, enrollment=enrollment, ends_on=now.date() + timedelta(days=3), now=now)

    shown = page(as_person(cast.member))

    assert "This plan rests, up to and including Friday 13 March." in shown
    assert reverse("plans:end_pause", args=[pause.uuid]) in shown
    assert "I feel like it anyway" in shown
    assert "button--primary" not in shown
    assert reverse("plans:not_today", args=[enrollment.uuid]) not in shown


@pytest.mark.parametrize(
    ("days", "words"), [(None, "You gave yourself today off."), (1, "You moved this step to Wednesday 11 March.")]
)
def test_a_day_off_can_be_undone(cast, content, now, as_person, days, words):
    enrollment, today = follow(cast.member, now), now.date()
    put_off(
        person=cast.member, enrollment=enrollment, day=today, moved_to=days and today + timedelta(days=days), now=now
    )

    shown = page(as_person(cast.member))

    assert words in shown
    assert reverse("plans:not_today", args=[enrollment.uuid]) in shown
    assert "button--primary" not in shown


def test_another_plan_that_rests_is_not_pushed_either(cast, content, now, as_person):
    follow(cast.member, now)
    resting = follow(cast.member, now, slug="sleep-better")
    pause_plans(person=cast.member, enrollment=resting, now=now)

    shown = page(as_person(cast.member))

    assert '<span class="pill">rests</span>' in shown
    assert shown.count(">Start<") == 1
