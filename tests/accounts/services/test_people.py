"""Accounts opened without the sign-up."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services.people import add_person
from tests.kit.cast import PASSWORD

pytestmark = pytest.mark.django_db


def test_person_has_a_verified_address_in_lower_case() -> None:
    person = add_person(email=" Anna@People.Example ", password=PASSWORD, display_name="Anna")

    address = EmailAddress.objects.get(user=person)
    assert (person.email, address.email, address.verified, address.primary) == (
        "anna@people.example", "anna@people.example", True, True,
    )  # fmt: skip


def test_address_is_lower_case_whatever_writes_it() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="Anna@people.example")


def test_taken_address_opens_no_second_account() -> None:
    add_person(email="anna@people.example", password=PASSWORD)

    with pytest.raises(IntegrityError), transaction.atomic():
        add_person(email="ANNA@people.example", password=PASSWORD)

    assert User.objects.count() == 1
