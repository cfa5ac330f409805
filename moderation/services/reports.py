"""Saying that something, or somebody, needs a look."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput
from core.words import tidy
from moderation.models import Report
from moderation.services.log import note
from moderation.subjects import Subject

MOST_OPEN = 20
LONGEST_EXCERPT = 2000


@transaction.atomic
def report(*, subject: Subject, row: Any, reporter: User, reason: str, words: str = "", now: datetime) -> Report:
    """Ask moderators to look at `row`, which the reporter can see; while it waits, asking twice is once.

    Open to everybody, also while their own account rests.
    """
    person = subject.person_of(row)
    if person is not None and person.pk == reporter.pk:
        raise InvalidInput("your_own", _("This is your own. You can change it or take it away yourself."))
    mine = Report.objects.filter(reporter=reporter).open()
    waiting = mine.about(subject.kind, row.uuid).first()
    if waiting is not None:
        return waiting
    if mine.count() >= MOST_OPEN:
        raise DomainError("too_many_reports", _("Several of your reports wait for a look. Please give us some time."))
    made, is_new = Report.objects.get_or_create(
        reporter=reporter,
        about_kind=subject.kind,
        about_id=row.uuid,
        status=Report.Status.OPEN,
        defaults={
            "person": person,
            "excerpt": subject.excerpt_of(row)[:LONGEST_EXCERPT],
            "reason": reason,
            "words": tidy(words),
            "created_at": now,
        },
    )
    if is_new:  # without a name: who reported is nobody's to know
        note(act="reported", by=None, about_kind=subject.kind, about_id=row.uuid, now=now)
    return made


def forget_words_of(person: User, _now: datetime) -> None:
    """Take what somebody wrote who goes for good out of their reports. What they saw is still looked at."""
    Report.objects.filter(reporter=person).update(words="")
