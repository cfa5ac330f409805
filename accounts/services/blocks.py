"""Two people who do not see each other, anywhere."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Block, User
from accounts.services.profile import lock_person
from core.errors import InvalidInput


@transaction.atomic
def block(*, person: User, other: User) -> Block:
    """Hide `person` and `other` from each other; twice is once."""
    if person.pk == other.pk:
        raise InvalidInput("block_oneself", _("You cannot block yourself."), field="person")
    lock_person(person)  # who takes it back on another device at this moment waits
    return Block.objects.get_or_create(blocker=person, blocked=other)[0]


@transaction.atomic
def unblock(*, person: User, other: User) -> None:
    """Take back the person's own block; a block in the other direction stays."""
    lock_person(person)
    Block.objects.filter(blocker=person, blocked=other).delete()
