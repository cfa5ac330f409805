"""The demo community: whole, lively, made once, and never where its password could matter."""

from collections import Counter
from datetime import datetime, timedelta
from io import StringIO

import pytest
from allauth.account.models import EmailAddress
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from accounts.models import User
from groups.models import Event, Group, Membership, Rsvp
from groups.services.memberships import join_group
from groups.services.rsvps import rsvp
from mindmove import demo
from plans.models import Enrollment, MoodRating, Pause, SessionLog


@pytest.fixture
def community(db: None, now: datetime) -> datetime:
    call_command("load_content", stdout=StringIO())
    demo.seed(now=now)
    return now


def counts() -> dict[str, int]:
    return {model.__name__: model.objects.count() for model in (Group, Membership, Event, Rsvp, Enrollment, SessionLog)}


def test_people_live_in_several_zones_and_both_languages(community: datetime) -> None:
    people = User.objects.get_queryset()

    assert people.count() >= 14
    assert len(set(people.values_list("time_zone", flat=True))) >= 6
    assert set(people.values_list("language", flat=True)) == {"en", "zh-hans"}
    assert EmailAddress.objects.filter(verified=True, primary=True).count() == people.count()


def test_six_groups_meet_soon_and_have_met(community: datetime) -> None:
    assert Group.objects.count() == 6
    assert all(Event.objects.filter(group=group).upcoming(community).exists() for group in Group.objects.all())
    assert Event.objects.filter(ends_at__lt=community).exists()
    assert all(Membership.objects.hosting().filter(group=group).exists() for group in Group.objects.all())


def test_next_person_at_the_full_event_is_third_in_line(community: datetime) -> None:
    lena = User.objects.get(email="lena@people.example")
    full = Event.objects.get(title="First-light loop")
    join_group(group=full.group, person=lena, now=community)

    answer = rsvp(event=full, person=lena, answer="going", now=community)

    assert full.going_count == full.capacity
    assert answer.status == Rsvp.Status.WAITLISTED
    assert Rsvp.objects.filter(event=full).in_line().count() == 3


def test_one_event_is_nearly_full(community: datetime) -> None:
    assert Event.objects.get(title="Ferns and waterfalls").seats_left == 1


def test_plans_are_followed_and_logged_with_moods(community: datetime) -> None:
    assert Enrollment.objects.active().count() == 8
    assert SessionLog.objects.filter(done_at__gte=community - timedelta(days=21)).count() >= 25
    assert SessionLog.objects.filter(is_floor=True).exists()
    assert not SessionLog.objects.filter(done_at__gt=community).exists()
    moods = [MoodRating.objects.visible_to(person).values_list("moment", flat=True) for person in User.objects.all()]
    counted = Counter(moment for of_one in moods for moment in of_one)
    assert counted["before"] == counted["after"] == SessionLog.objects.count()
    assert counted["guess"] >= 100


def test_staff(community: datetime) -> None:
    editor = User.objects.get(email="editor@people.example")
    admin = User.objects.get(email="admin@people.example")

    assert editor.has_perm("library.change_mechanism")
    assert not editor.has_perm("accounts.change_user")
    assert admin.is_superuser


def test_making_it_twice_is_making_it_once(community: datetime) -> None:
    before = counts()

    assert demo.seed(now=community + timedelta(hours=1)) is False

    assert counts() == before


def test_events_that_ran_out_are_set_anew(community: datetime) -> None:
    later = community + timedelta(days=30)

    demo.seed(now=later)

    assert Event.objects.filter(title="First-light loop").count() == 2
    assert all(Event.objects.filter(group=group).upcoming(later).exists() for group in Group.objects.all())


@pytest.mark.parametrize("person", demo.sign_ins(), ids=lambda person: person.email)
def test_printed_sign_ins_work(community: datetime, client: Client, person: demo.SignIn) -> None:
    assert client.login(email=person.email, password=demo.PASSWORD)


@override_settings(DEVTOOLS=False)
@pytest.mark.django_db
def test_refused_outside_development() -> None:
    with pytest.raises(CommandError, match="development only"):
        call_command("seed_demo")
    assert not User.objects.get_queryset().exists()


@pytest.mark.django_db
def test_prepare_brings_everything_and_says_how_to_look_around() -> None:
    said = StringIO()
    call_command("prepare", stdout=said)
    call_command("prepare", stdout=said)

    assert Group.objects.count() == 6
    assert "/dev/mailbox/" in said.getvalue()
    assert demo.PASSWORD in said.getvalue()
    assert "is ready" in said.getvalue()
    assert "here already" in said.getvalue()


def test_somebody_takes_any_day_and_somebody_rests(community: datetime) -> None:
    assert Enrollment.objects.filter(times_a_week__isnull=False).count() == 1
    tom = User.objects.get(email="tom@people.example")
    (pause,) = Pause.objects.visible_to(tom).on(community.date())
    assert pause.enrollment is not None
    assert not SessionLog.objects.filter(person=tom, local_on__gte=pause.starts_on).exists()
