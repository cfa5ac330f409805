"""C3: what is sent twenty times at once with one key has one effect; a double click without a key makes one row."""

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from rest_framework.test import APIClient

from accounts.models import User
from accounts.services.once import STUCK_AFTER
from core import clock
from groups.models import Membership, Rsvp
from plans.models import PlanTemplate
from tests.faults.parallel import Act, all_at_once
from tests.groups.kit import GOING, make_event
from tests.kit.cast import make_group, make_person
from tests.plans.kit import make_plan

pytestmark = [pytest.mark.locks, pytest.mark.django_db(transaction=True)]

AT_ONCE, ROUNDS = 20, 5
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def person(db: None) -> User:
    return make_person("ada")


def copying(person: User, template: PlanTemplate, key: str) -> Act:
    """Ask for a copy of a plan, which makes a new one each time."""
    client = APIClient()
    client.force_login(person, backend=BACKEND)
    headers = {"Idempotency-Key": key} if key else {}

    def ask() -> tuple[int, bytes]:
        answer = client.post("/api/v1/own-plans/copy/", {"template": template.slug}, headers=headers)
        return answer.status_code, answer.content

    return ask


def test_twenty_times_the_same_is_one_effect(person: User) -> None:
    template = make_plan()
    for number in range(1, ROUNDS + 1):
        answers = all_at_once([copying(person, template, f"key-{number}") for _ in range(AT_ONCE)])
        statuses = {status for status, _ in answers}  # type: ignore[misc]
        made = {body for status, body in answers if status == 201}  # type: ignore[misc]

        assert statuses <= {201, 409}
        assert len(made) == 1
        assert PlanTemplate.objects.filter(owner=person).count() == number
        again = copying(person, template, f"key-{number}")()
        assert again == (201, made.pop())


def test_a_connection_that_is_lost_before_the_reply_is_kept_leaves_nothing(
    person: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then nobody is there to free the key, either: it is free a minute later, and what it names is done once."""
    copy = copying(person, make_plan(), "lost")

    def lose(*_: object, **__: object) -> None:
        assert PlanTemplate.objects.filter(owner=person).exists()
        connection.connection.pgconn.finish()
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr("accounts.once.keep", lose)
        patch.setattr("accounts.once.let_go", lambda *_, **__: None)
        answers = all_at_once([copy])

    assert isinstance(answers[0], OperationalError)
    assert not PlanTemplate.objects.filter(owner=person).exists()
    with clock.frozen_at(clock.now() + STUCK_AFTER):
        assert copy() == copy()
    assert PlanTemplate.objects.filter(owner=person).count() == 1


def test_control_without_a_key_there_are_many(person: User) -> None:
    template = make_plan()
    all_at_once([copying(person, template, "") for _ in range(AT_ONCE)])
    assert PlanTemplate.objects.filter(owner=person).count() > 1


def test_a_double_click_without_a_key_makes_one_row(person: User) -> None:
    """On the event's page, joining the group with the answer."""
    for number in range(ROUNDS):
        event = make_event(make_group(slug=f"group-{number}"), clock.now(), capacity=1)
        address = reverse("groups:rsvp", args=[event.group.slug, event.uuid])

        def click(address: str = address) -> int:
            client = Client()
            client.force_login(person, backend=BACKEND)
            return client.post(address, {"answer": GOING, "joins": "on"}).status_code

        assert all_at_once([click] * AT_ONCE) == [302] * AT_ONCE
        event.refresh_from_db()
        assert Rsvp.objects.filter(event=event).count() == event.going_count == 1
        assert Membership.objects.filter(group=event.group, person=person).count() == 1
