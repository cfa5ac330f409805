"""Operators read the ledger and change nothing in it."""

from collections.abc import Callable

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission

from notifications.models import Delivery
from tests.kit.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", ["delivery", "notification", "preference"])
def test_the_ledger_is_read_only(model: str, put: Callable[..., Delivery], as_person: Callable) -> None:
    delivery = put()
    operator = as_person(make_person("operator", is_staff=True, is_superuser=True))

    assert operator.get(f"/admin/notifications/{model}/").status_code == 200
    assert operator.get(f"/admin/notifications/{model}/add/").status_code == 403
    assert operator.post(f"/admin/notifications/{model}/{delivery.pk}/delete/").status_code in {302, 403, 404}
    assert Delivery.objects.filter(channel="email").count() == 1


def test_a_delivery_shows_no_token(put: Callable[..., Delivery], as_person: Callable) -> None:
    delivery = put()
    Delivery.objects.update(unsubscribe_hash="cafe" * 16)
    operator = as_person(make_person("operator", is_staff=True, is_superuser=True))

    page = operator.get(f"/admin/notifications/delivery/{delivery.pk}/change/")

    assert page.status_code == 200
    assert "cafecafe" not in page.content.decode()


def test_what_was_given_up_is_tried_again_and_who_did_it_is_noted(
    put: Callable[..., Delivery], as_person: Callable
) -> None:
    dead, sent = put("dead"), put("sent")
    Delivery.objects.filter(pk=dead.pk).update(state="dead", reason="smtp_451", attempts=8)
    Delivery.objects.filter(pk=sent.pk).update(state="sent", sent_at=dead.created_at)
    boss = make_person("operator", is_staff=True, is_superuser=True)

    as_person(boss).post("/admin/notifications/delivery/", {"action": "replay", "_selected_action": [dead.pk, sent.pk]})

    dead.refresh_from_db()
    assert (dead.state, dead.reason, dead.attempts) == (Delivery.State.PENDING, "", 0)
    assert Delivery.objects.get(pk=sent.pk).state == Delivery.State.SENT
    assert list(LogEntry.objects.values_list("user", "object_id")) == [(boss.pk, str(dead.pk))]


def test_only_who_may_replays(put: Callable[..., Delivery], as_person: Callable) -> None:
    dead = put()
    Delivery.objects.update(state="dead", reason="smtp_451")
    reader = make_person("reader", is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_delivery"))

    as_person(reader).post("/admin/notifications/delivery/", {"action": "replay", "_selected_action": [dead.pk]})

    dead.refresh_from_db()
    assert dead.state == Delivery.State.DEAD


def test_the_ledger_shows_no_address(put: Callable[..., Delivery], as_person: Callable) -> None:
    delivery = put()
    operator = as_person(make_person("operator", is_staff=True, is_superuser=True))

    for page in ("", f"{delivery.pk}/change/", "?due=now", "?q=one"):
        assert delivery.notification.person.email not in operator.get(f"/admin/notifications/delivery/{page}").text
