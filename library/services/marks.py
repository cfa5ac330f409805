"""Setting and taking back marks. Both may be repeated: the second time changes nothing."""

from __future__ import annotations

from datetime import datetime

from accounts.models import User
from library.models import Mark
from library.models.marks import Markable, kind_of


def put_mark(*, person: User, page: Markable, sense: Mark.Sense, now: datetime) -> Mark:
    """Return the person's one mark of this sense on the page; whoever is second at the same instant finds the first."""
    mark, _is_new = Mark.objects.get_or_create(
        person=person, sense=sense, **{kind_of(page): page}, defaults={"created_at": now}
    )
    return mark


def take_mark(*, person: User, page: Markable, sense: Mark.Sense) -> None:
    Mark.objects.filter(person=person, sense=sense).on(page).delete()
