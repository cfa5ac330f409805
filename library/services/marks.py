"""Setting and taking back marks. Both may be repeated: the second time changes nothing.

One after the other for one person: two devices at once, one of which takes back what the other sets, are both right.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from accounts.models import User
from accounts.services.profile import lock_person
from library.models import Mark
from library.models.marks import Markable, kind_of


@transaction.atomic
def put_mark(*, person: User, page: Markable, sense: Mark.Sense, now: datetime) -> Mark:
    """Return the person's one mark of this sense on the page; whoever is second at the same instant finds the first."""
    lock_person(person)
    mark, _is_new = Mark.objects.get_or_create(
        person=person, sense=sense, **{kind_of(page): page}, defaults={"created_at": now}
    )
    return mark


@transaction.atomic
def take_mark(*, person: User, page: Markable, sense: Mark.Sense) -> None:
    lock_person(person)
    Mark.objects.filter(person=person, sense=sense).on(page).delete()
