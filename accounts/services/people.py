"""Opening an account for somebody whose address is already known to be theirs; and locking several people."""

from collections.abc import Collection
from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction

from accounts.models import User


@transaction.atomic
def add_person(*, email: str, password: str, **fields: Any) -> User:
    """Create a person who can sign in at once (operators, demo data). IntegrityError if the address is taken."""
    person = User.objects.create_user(email, password, **fields)
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@transaction.atomic
def confirm_address(*, person: User) -> None:
    """Make the person's address the one they sign in with, as confirmed by who wrote it down for them."""
    EmailAddress.objects.filter(user=person).exclude(email=person.email).delete()
    EmailAddress.objects.update_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def lock_people(people: Collection[int]) -> None:
    """Let whoever else locks one of these people (by key) wait until the transaction is over.

    Always in one order, so that no two wait for each other. SQLite has one writer at a time, which is as good.
    """
    locked = User.objects.get_queryset().filter(pk__in=people).select_for_update(no_key=True).order_by("pk")
    list(locked.values_list("pk"))
