"""Operators read the ledger and change nothing in it."""

from collections.abc import Callable

import pytest

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
    assert Delivery.objects.count() == 1


def test_a_delivery_shows_no_token(put: Callable[..., Delivery], as_person: Callable) -> None:
    delivery = put()
    Delivery.objects.update(unsubscribe_hash="cafe" * 16)
    operator = as_person(make_person("operator", is_staff=True, is_superuser=True))

    page = operator.get(f"/admin/notifications/delivery/{delivery.pk}/change/")

    assert page.status_code == 200
    assert "cafecafe" not in page.content.decode()
