"""What was taken back stays so, however late a phone comes with it."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from core.errors import Gone
from plans.models import GoneLog, SessionLog
from plans.services.beginnings import begin
from plans.services.gone_logs import forget_gone, gone_under
from plans.services.log_checks import OLDEST
from plans.services.logs import delete_log, edit_log
from plans.tasks import forget
from tests.kit.cast import Cast
from tests.plans.kit import make_type
from tests.plans.services.test_logs import note

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def test_a_log_that_was_taken_back_cannot_come_again(cast: Cast, now: datetime) -> None:
    address = uuid4()
    delete_log(person=cast.member, log=note(cast.member, now, uuid=address), now=now)

    with pytest.raises(Gone):
        note(cast.member, now + 3 * DAY, uuid=address)
    with pytest.raises(Gone):
        begin(person=cast.member, now=now + 3 * DAY, uuid=address, exercise_type=make_type("walking"))

    assert not SessionLog.objects.exists()


def test_nobody_else_is_told_that_it_was_there(cast: Cast, now: datetime) -> None:
    address = uuid4()
    delete_log(person=cast.member, log=note(cast.member, now, uuid=address), now=now)

    assert note(cast.host, now, uuid=address).person == cast.host
    assert not gone_under(person=cast.host, uuid=address).exists()


def test_a_change_that_comes_late_finds_nothing(cast: Cast, now: datetime) -> None:
    log = note(cast.member, now)
    stale = SessionLog.objects.get(pk=log.pk)
    delete_log(person=cast.member, log=log, now=now)

    with pytest.raises(Http404):
        edit_log(person=cast.member, log=stale, now=now, minutes=30)


def test_it_is_remembered_for_as_long_as_it_could_come_back(cast: Cast, now: datetime) -> None:
    delete_log(person=cast.member, log=note(cast.member, now), now=now)

    assert (forget_gone(now=now + OLDEST), forget_gone(now=now + OLDEST + DAY)) == (0, 1)


def test_the_tick_forgets(cast: Cast, now: datetime) -> None:
    delete_log(person=cast.member, log=note(cast.member, now), now=now - OLDEST - DAY)
    forget()
    assert not GoneLog.objects.exists()


def test_it_is_asked_when_the_row_is_in(cast: Cast, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another phone's copy may have come and gone before that; once the row is in, no other can."""
    address = uuid4()
    delete_log(person=cast.member, log=note(cast.member, now, uuid=address), now=now)
    monkeypatch.setattr("plans.services.gone_logs.gone_under", lambda **_: SessionLog.objects.filter(uuid=address))

    with pytest.raises(Gone):
        note(cast.member, now, uuid=address)

    assert not SessionLog.objects.exists()


def test_over_the_api_it_is_gone(cast: Cast, now: datetime, api_as: Any) -> None:
    log, phone = note(cast.member, now), api_as(cast.member)
    assert phone.delete(f"/api/v1/logs/{log.uuid}/").status_code == 204
    again = phone.post("/api/v1/logs/", {"exercise_type": "walking", "minutes": 9, "uuid": str(log.uuid)})
    assert (again.status_code, again.json()["code"]) == (410, "gone")
