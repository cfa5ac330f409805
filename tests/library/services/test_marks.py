"""One mark a page and sense, however often it is asked for; seen by one person."""

from datetime import datetime

import pytest
from django.db import IntegrityError

from accounts.models import User
from library.models import ExerciseType, Mark, Mechanism, Need
from library.services.editors import ensure_editors_role
from library.services.marks import put_mark, take_mark
from tests.faults.parallel import all_at_once, unhurried
from tests.kit.cast import make_person
from tests.kit.world import World

BOOKMARK, READ = Mark.Sense.BOOKMARK, Mark.Sense.READ


def test_marking_twice_makes_one_row_and_keeps_the_first_time(world: World, now: datetime) -> None:
    person = world.cast.member
    for page in (world.mechanism, world.need, ExerciseType.objects.get()):
        first = put_mark(person=person, page=page, sense=BOOKMARK, now=now)
        assert put_mark(person=person, page=page, sense=BOOKMARK, now=now.replace(hour=20)) == first
        assert Mark.objects.visible_to(person).on(page).get().created_at == now


def test_reading_and_keeping_are_two_things(world: World, now: datetime) -> None:
    person = world.cast.member
    put_mark(person=person, page=world.mechanism, sense=BOOKMARK, now=now)
    put_mark(person=person, page=world.mechanism, sense=READ, now=now)

    take_mark(person=person, page=world.mechanism, sense=BOOKMARK)
    take_mark(person=person, page=world.mechanism, sense=BOOKMARK)

    assert [mark.sense for mark in Mark.objects.visible_to(person).on(world.mechanism)] == [READ]


def test_nobody_else_sees_a_mark_and_taking_mine_leaves_yours(world: World, now: datetime) -> None:
    cast = world.cast
    for person in (cast.member, cast.stranger):
        put_mark(person=person, page=world.need, sense=BOOKMARK, now=now)

    take_mark(person=cast.member, page=world.need, sense=BOOKMARK)

    assert Mark.objects.visible_to(cast.stranger).count() == 1
    assert not Mark.objects.visible_to(cast.superuser).exists()
    assert not ensure_editors_role().permissions.filter(codename__endswith="_mark").exists()


def test_a_page_that_is_no_longer_public_takes_its_mark_out_of_sight(world: World, now: datetime) -> None:
    put_mark(person=world.cast.member, page=world.mechanism, sense=BOOKMARK, now=now)
    Mechanism.objects.filter(pk=world.mechanism.pk).update(status="draft")

    assert not Mark.objects.visible_to(world.cast.member).on(world.mechanism).exists()


def test_marks_go_with_the_person(world: World, now: datetime) -> None:
    person = make_person("leaving")
    put_mark(person=person, page=world.need, sense=READ, now=now)

    User.objects.filter(pk=person.pk).delete()

    assert not Mark.objects.filter(person_id=person.pk).exists()


@pytest.mark.parametrize("columns", [{}, {"need": 1, "mechanism": 1}])
def test_a_mark_is_on_exactly_one_page(world: World, columns: dict[str, int]) -> None:
    rows = {"need": Need.objects.first(), "mechanism": world.mechanism}

    with pytest.raises(IntegrityError):
        Mark.objects.create(person=world.cast.member, sense=BOOKMARK, **{name: rows[name] for name in columns})


@pytest.mark.locks
@pytest.mark.django_db(transaction=True)
def test_twenty_taps_at_once_make_one_row(world: World, now: datetime) -> None:
    person, page = world.cast.member, world.mechanism

    made = all_at_once([lambda: put_mark(person=person, page=page, sense=BOOKMARK, now=now)] * 20)

    assert {type(mark) for mark in made} == {Mark}
    assert Mark.objects.filter(person=person).on(page).count() == 1


@pytest.mark.locks
@pytest.mark.django_db(transaction=True)
def test_set_and_taken_back_at_once_is_one_or_the_other(world: World, now: datetime) -> None:
    person, page = world.cast.member, world.mechanism
    acts = [
        unhurried(lambda: put_mark(person=person, page=page, sense=BOOKMARK, now=now)),
        unhurried(lambda: take_mark(person=person, page=page, sense=BOOKMARK)),
    ] * 5

    for _round in range(10):
        assert not [answer for answer in all_at_once(acts) if isinstance(answer, Exception)]
        assert Mark.objects.filter(person=person).on(page).count() in {0, 1}
