"""A page's way: draft, review, a set time, published, and back. Each step keeps who took it and why."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput
from library.models import Mechanism, Publication, Revision
from library.services.content import changed
from library.services.gate import in_words, pass_gate, refusals

Act = Revision.Act
DRAFT, REVIEW, SCHEDULED, PUBLISHED = Publication


@transaction.atomic
def submit_for_review(*, page: Mechanism, by: User, note: str = "") -> None:
    """Ask another editor to read a draft."""
    _move(_locked(page, DRAFT), REVIEW, act=Act.SUBMITTED, by=by, note=note)


@transaction.atomic
def send_back(*, page: Mechanism, by: User, note: str) -> None:
    """Return a page from review, or from its set time, to its writer with the reason."""
    _need_reason(note)
    _move(_locked(page, REVIEW, SCHEDULED), DRAFT, act=Act.SENT_BACK, by=by, note=note)


@transaction.atomic
def publish(*, page: Mechanism, by: User | None, note: str = "") -> None:
    """Make the page public now. Raises InvalidInput with the first thing it lacks, on its field."""
    locked = _locked(page, DRAFT, REVIEW, SCHEDULED)
    pass_gate(locked)
    _move(locked, PUBLISHED, act=Act.PUBLISHED, by=by, note=note)


@transaction.atomic
def schedule_publication(*, page: Mechanism, at: datetime | None, now: datetime, by: User, note: str = "") -> None:
    """Publish the page at a later time, if it passes the gate then as it does now."""
    if at is None or at <= now:
        raise InvalidInput("not_in_the_future", _("Choose a time that is still to come."), field="at")
    locked = _locked(page, DRAFT, REVIEW, SCHEDULED)
    pass_gate(locked)
    locked.publish_at = at
    _move(locked, SCHEDULED, act=Act.SCHEDULED, by=by, note=note)


@transaction.atomic
def unpublish(*, page: Mechanism, by: User, note: str) -> None:
    """Take the page off the site, with the reason; it is a draft again."""
    _need_reason(note)
    _move(_locked(page, PUBLISHED), DRAFT, act=Act.UNPUBLISHED, by=by, note=note)


def newest_version(page: Mechanism) -> int | None:
    """Return the key of the page's last version, or None when none was kept yet."""
    return Revision.objects.of("mechanisms", page.slug).values_list("pk", flat=True).first()


def hold(*, page: Mechanism, seen: int | None) -> None:
    """Keep everybody else off the page until the transaction ends: what is published is what its editor has read.

    Raises DomainError when there is a version after the one that the editor saw.
    """
    Mechanism.objects.select_for_update().get(pk=page.pk)
    if newest_version(page) != seen:
        text = _("Somebody saved this page after you opened it. Open it once more in another tab and read what is new.")
        raise DomainError("changed_meanwhile", text)


@transaction.atomic
def save_edit(*, page: Mechanism, by: User, note: str = "") -> None:
    """Keep an edit. A page that is public, or about to be, stays through the gate: readers see the edit at once."""
    if page.status in {SCHEDULED, PUBLISHED}:
        pass_gate(page)
    changed(page, by=by, note=note)


def publish_due(*, now: datetime) -> int:
    """Publish what is due, each page on its own; one that does not pass the gate waits in review with the reason."""
    due = list(Mechanism.objects.due(now).values_list("pk", flat=True))
    return sum(_publish_if_due(pk, now) for pk in due)


@transaction.atomic
def _publish_if_due(pk: int, now: datetime) -> bool:
    """Publish the page unless another worker has it, or it was published or put off in the meantime."""
    page = Mechanism.objects.select_for_update(skip_locked=True).due(now).filter(pk=pk).first()
    if page is None:
        return False
    planner = _planner(page)
    with translation.override(planner.language if planner else None):
        lacking = refusals(page)
        if lacking:
            _move(page, REVIEW, act=Act.REFUSED, by=planner, note="\n".join(in_words(lack) for lack in lacking))
        else:
            _move(page, PUBLISHED, act=Act.PUBLISHED, by=planner, note=_("At the set time."))
    return not lacking


def _planner(page: Mechanism) -> User | None:
    """Return who set the time."""
    steps = Revision.objects.of("mechanisms", page.slug).filter(act=Act.SCHEDULED)
    last = steps.first()
    return last.person if last else None


def _need_reason(note: str) -> None:
    if not note.strip():
        raise InvalidInput("no_reason", _("Say why, in a few words: the writer will read it."), field="note")


def _locked(page: Mechanism, *allowed: Publication) -> Mechanism:
    locked = Mechanism.objects.select_for_update().get(pk=page.pk)
    if locked.status not in allowed:
        status = locked.get_status_display()
        raise DomainError("wrong_status", _("The page is now “%(status)s”; somebody was quicker.") % {"status": status})
    return locked


def _move(page: Mechanism, status: Publication, *, act: Revision.Act, by: User | None, note: str) -> None:
    page.status = status
    if status != SCHEDULED:
        page.publish_at = None
    page.save(update_fields=["status", "publish_at"])
    changed(page, act=act, by=by, note=note)
