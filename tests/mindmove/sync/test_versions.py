"""A version changes when what is told of a row changes, and only then: every column of the tables involved is tried."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Model, QuerySet
from rest_framework import serializers

from accounts.models import User
from groups.models import Event, Group, Membership, Picture, Rsvp, Series
from library import models as library
from library.models import Citation, ExerciseType, Mark, Mechanism, Need
from mindmove.sync.kinds import KINDS
from mindmove.sync.statement import WHOEVER, _kept, rows_of, statement_of
from mindmove.sync.versions import version_of
from notifications.models import Notification
from plans.models import (
    Contraindication,
    Cue,
    DayChange,
    Enrollment,
    MoodRating,
    Pause,
    PlanTemplate,
    Reflection,
    Session,
    SessionLog,
    Turn,
    Week,
)
from tests.kit.world import World
from tests.mindmove.sync.mutations import change, others, undone

MADE_FROM: dict[str, list[type[Model]]] = {
    "me": [User],
    "safety_text": [library.SafetyText],
    "mechanism": [Mechanism, library.Domain, library.Claim, library.Caveat, library.Relation, Citation],
    "exercise_type": [ExerciseType, library.Emphasis, library.TypeCaution, Mechanism, Need],
    "need": [Need, library.NeedType, library.NeedMechanism, library.RedFlag, ExerciseType, Mechanism],
    "plan_template": [PlanTemplate, Week, Session, Contraindication, Citation, Need, Mechanism, ExerciseType],
    "enrollment": [Enrollment, Cue, DayChange, Turn, PlanTemplate],
    "pause": [Pause, Enrollment],
    "group": [Group, Membership, Picture],
    "event": [Event, Group, Series],
    "rsvp": [Rsvp, Event],
    "log": [SessionLog, MoodRating, Reflection, Enrollment, ExerciseType],
    "mark": [Mark, Mechanism, Need],
    "message": [Notification],
}
# What the world of the tests, or the database, does not let change alone.
STILL = {
    "group": {"latitude", "longitude"},
    "event": {"latitude", "longitude", "series", "occurs_on", "is_newcomer_friendly"},
    "rsvp": {"position"},
    "exercise_type": {"headline_en", "suits_needs"},
    "plan_template": {"is_own", "is_published", "needs", "sources"},
    "mark": {"page_kind"},
}
LINKS = {
    "plan_template": [(PlanTemplate, "needs"), (PlanTemplate, "citations"), (Session, "mechanisms")],
    "mechanism": [(library.Claim, "citations")],
    "exercise_type": [(ExerciseType, "suits_needs")],
}


class Told:
    """What a person is told of a kind, with versions. The statement of versions is put together once."""

    def __init__(self, kind: str, person: User, now: datetime) -> None:
        self.kind, self.person, self.today = KINDS[kind], person, now.date()
        rows = self.kind.versions(person, self.today)
        asked = QuerySet.values_list(rows, "sync_key", "sync_version")
        self.sql, self.parameters = asked.query.get_compiler("default").as_sql()

    def read(self) -> dict[str, tuple[str, Any]]:
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters)
            versions = dict(cursor.fetchall())
        shape = self.kind.shape()
        found = self.kind.brought(self.kind.named(self.person, self.today), self.person)
        return {row.sync_key: (versions[row.sync_key], shape.to_representation(row)) for row in found}


@pytest.mark.parametrize("kind", KINDS)
def test_a_version_follows_what_is_told(full_world: World, now: datetime, kind: str) -> None:
    member = full_world.cast.member
    told = Told(kind, member, now)
    before = told.read()
    moved: set[str] = set()
    assert before

    for model in MADE_FROM[kind]:
        for name, what in others(rows_to_change(kind, model, member, now)):
            with undone():
                if change(what):
                    after = told.read()
                    moved |= fields_that_moved(before, after, f"{model.__name__}.{name}")

    assert moved >= set(KINDS[kind].shape().fields) - STILL.get(kind, set())


@pytest.mark.parametrize(("kind", "model", "field"), [(kind, *one) for kind, some in LINKS.items() for one in some])
def test_a_version_follows_links(full_world: World, now: datetime, kind: str, model: Any, field: str) -> None:
    member = full_world.cast.member
    if field == "suits_needs":
        ExerciseType.objects.get(slug="walking").suits_needs.add(full_world.need)
    told = Told(kind, member, now)
    before = told.read()
    for row in model._base_manager.all():
        getattr(row, field).clear()
    assert fields_that_moved(before, told.read(), field)


def test_what_is_withheld_comes_once_it_is_checked(full_world: World, now: datetime) -> None:
    member, walking = full_world.cast.member, ExerciseType.objects.get(slug="walking")
    ExerciseType.objects.filter(pk=walking.pk).update(headline_en="It helped 7 of 10.")
    walking.headline_citations.add(full_world.citation)
    Citation.objects.update(numbers_verified=False)
    told = Told("exercise_type", member, now)
    before = told.read()
    assert before["walking"][1]["headline_en"] == ""

    Citation.objects.update(numbers_verified=True)

    after = told.read()
    assert after["walking"][1]["headline_en"] == "It helped 7 of 10."
    assert after["walking"][0] != before["walking"][0]


def rows_to_change(kind: str, model: type[Model], person: User, now: datetime) -> QuerySet[Any]:
    """Return what the person is told of; of what that is made from, their own rows or anybody's."""
    if model is KINDS[kind].model:
        return KINDS[kind].seen_by(person, now.date())
    rows = model._base_manager.all()
    return rows.filter(person=person) if hasattr(model, "person") else rows


def fields_that_moved(before: Any, after: Any, name: str) -> set[str]:
    """Return the fields whose words changed; fail where a version did not change with them, or changed alone."""
    moved = set()
    for key in before.keys() & after.keys():
        (version, data), (other_version, other) = before[key], after[key]
        assert (data != other) == (version != other_version), (name, key)
        moved |= {field for field in data if data[field] != other[field]}
    if before.keys() != after.keys():
        gone = [data for _v, data in (before[key] for key in before.keys() - after.keys())]
        come = [data for _v, data in (after[key] for key in after.keys() - before.keys())]
        for data, other in zip(gone, come, strict=False):
            moved |= {field for field in data if data[field] != other[field]}
    return moved


def test_the_statement_that_is_kept_is_the_one_that_would_be_made(full_world: World, now: datetime) -> None:
    for person in full_world.cast.people.values():
        if not person.is_staff:
            sql, parameters = statement_of(person, now.date())
            kept, blanks = _kept("any", now.date())
            assert kept == sql
            assert [person.pk if value == WHOEVER else value for value in blanks] == list(parameters)
        assert len({row[:2] for row in rows_of(person, now.date())}) > 1


def test_who_is_asking_is_all_that_a_rule_may_ask(full_world: World, now: datetime, monkeypatch: Any) -> None:
    _kept.cache_clear()
    monkeypatch.setattr(
        "library.models.mechanisms.MechanismQuerySet._visible_to",
        lambda self, viewer: self.filter(slug=viewer.language),
    )
    with pytest.raises(Exception, match="blocked"):
        list(rows_of(full_world.cast.member, now.date()))
    _kept.cache_clear()


def test_editors_see_their_drafts(full_world: World, now: datetime) -> None:
    draft = ("mechanism", full_world.draft.slug)
    assert draft in {row[:2] for row in rows_of(full_world.cast.superuser, now.date())}
    assert draft not in {row[:2] for row in rows_of(full_world.cast.member, now.date())}


def test_a_field_that_is_no_column_has_to_say_what_it_is_made_from() -> None:
    class Guess(serializers.Serializer[Any]):
        mood = serializers.SerializerMethodField()

    with pytest.raises(ImproperlyConfigured, match=r"Guess\.mood"):
        version_of(Guess, SessionLog, {})
    with pytest.raises(ImproperlyConfigured, match="no weather"):
        version_of(Guess, SessionLog, {"mood": version_of(serializers.Serializer, SessionLog, {}), "weather": None})  # type: ignore[dict-item]
