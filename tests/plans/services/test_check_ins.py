"""The score is kept for its person, the answers are not, and not more often than every two weeks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404

from core.errors import DomainError, InvalidInput
from core.visibility import Unscoped
from plans.models import CheckIn
from plans.scales.questionnaires import Questionnaire
from plans.scales.switched_on import switched_on
from plans.services.check_ins import delete_check_in, take_check_in
from tests.kit.cast import Cast


def asked(key: str = "phq8") -> Questionnaire:
    return switched_on()[key]


def take(person: Any, now: Any, answers: Any = (1,) * 8, key: str = "phq8", **values: Any) -> CheckIn:
    return take_check_in(person=person, questionnaire=asked(key), answers=answers, now=now, **values)


def test_only_the_score_reaches_the_table(cast: Cast, now: Any) -> None:
    answers = [0, 1, 2, 3, 0, 1, 2, 3]
    row = take(cast.member, now, answers)
    assert (row.scale, row.score, str(row.taken_on)) == ("phq8", 12, "2026-03-10")
    with connection.cursor() as cursor:
        described = connection.introspection.get_table_description(cursor, CheckIn._meta.db_table)
    names = {column.name for column in described}
    assert names == {"id", "uuid", "created_at", "person_id", "scale", "score", "taken_on"}


def test_a_second_one_within_two_weeks_is_refused_with_its_day(cast: Cast, now: Any) -> None:
    take(cast.member, now)
    for days in (0, 13):
        with pytest.raises(DomainError, match="too_soon") as refused:
            take(cast.member, now + timedelta(days=days))
        assert "Tuesday 24 March" in str(refused.value.message)
    take(cast.member, now + timedelta(days=14))
    assert CheckIn.objects.visible_to(cast.member).count() == 2


def test_each_scale_and_each_person_has_two_weeks_of_its_own(cast: Cast, now: Any) -> None:
    take(cast.member, now)
    take(cast.member, now, [1] * 7, key="gad7")
    take(cast.host, now)
    assert CheckIn.objects.visible_to(cast.member).count() == 2


def test_the_same_uuid_twice_is_one_row_and_somebody_elses_is_a_404(cast: Cast, now: Any) -> None:
    uuid = uuid4()
    assert take(cast.member, now, uuid=uuid) == take(cast.member, now, uuid=uuid)
    with pytest.raises(Http404):
        take(cast.stranger, now, uuid=uuid)
    assert not CheckIn.objects.visible_to(cast.stranger).exists()


def test_answers_that_are_not_whole_are_refused(cast: Cast, now: Any) -> None:
    for answers in ([1] * 7, [4] * 8, []):
        with pytest.raises(InvalidInput) as refused:
            take(cast.member, now, answers)
        assert refused.value.field == "answers"


def test_one_may_remove_ones_own_alone(cast: Cast, now: Any) -> None:
    row = take(cast.member, now)
    delete_check_in(person=cast.superuser, check_in=row)
    assert CheckIn.objects.visible_to(cast.member).exists()
    delete_check_in(person=cast.member, check_in=row)
    assert not CheckIn.objects.visible_to(cast.member).exists()


def test_nothing_reads_them_without_naming_the_person(cast: Cast, now: Any) -> None:
    take(cast.member, now)
    with pytest.raises(Unscoped):
        list(CheckIn.objects.all())
