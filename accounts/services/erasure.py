"""Deleting the accounts whose seven days are over: no row and no file of the person remains.

One person is one transaction, so whatever breaks it off leaves them as they were, for the next tick. Files go once it
is certain that the rows are gone; what a kill leaves of them, `forget_orphans` of groups finds. What becomes of each
column stands in docs/data-register.yaml.
"""

import logging
from datetime import datetime

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from accounts.endings import announce_erasure
from accounts.models import User
from accounts.services.credentials import end_sessions

log = logging.getLogger(__name__)


def erase_due(*, now: datetime) -> int:
    """Delete everybody whose time has come; return how many. What goes wrong with one holds up nobody else."""
    due = User.objects.get_queryset().filter(erase_at__lte=now).order_by("erase_at", "pk")
    erased = 0
    for pk in list(due.values_list("pk", flat=True)):
        try:
            erased += erase(pk, now=now)
        except Exception:
            log.exception("an account that is due could not be deleted; it is tried again")
    return erased


@transaction.atomic
def erase(pk: int, *, now: datetime) -> bool:
    """Delete one account that is due. False when it is not, any more, or when somebody else is at it."""
    free = User.objects.get_queryset().select_for_update(skip_locked=True)
    person = free.filter(pk=pk, erase_at__lte=now).first()
    if person is None:
        return False
    end_sessions(UserSession.objects.filter(user=person), now=now)
    announce_erasure(person, now)
    about = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=about, object_id=str(person.pk)).update(object_repr="", change_message="")
    person.delete()
    return True
