"""What decisions bring about. Everything follows from the decisions that stand, so that taking one back is simple."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import standing
from core.errors import InvalidInput
from moderation.ending import give_back_everything
from moderation.models import Decision
from moderation.models.reports import DecisionQuerySet
from moderation.subjects import Subject, find_kind

AGAINST_PERSON = (Decision.Act.SUSPEND, Decision.Act.BAN)


def hides(act: str, subject: Subject | None) -> bool:
    """Whether the act takes the thing from sight: hiding does, and words go with whom they cost a suspension."""
    if subject is None or subject.hide is None:
        return False
    return act == Decision.Act.HIDE or (subject.goes_with_person and act in AGAINST_PERSON)


def bring_about(decision: Decision, *, now: datetime) -> None:
    """Make the decision true, in the caller's transaction; its person is locked."""
    subject = find_kind(decision.about_kind)
    row = subject.look_up(decision.about_id) if subject else None
    if decision.act == Decision.Act.HIDE and (row is None or not hides(decision.act, subject)):
        raise InvalidInput("cannot_hide", _("This cannot be hidden, or is gone already."), field="act")
    if row is not None and subject is not None and subject.hide is not None and hides(decision.act, subject):
        subject.hide(row, now)
    person = decision.person
    if person is not None and decision.act in AGAINST_PERSON:
        if decision.act == Decision.Act.BAN:
            standing.close(person=person, now=now)
        else:
            standing.rest(person=person, until=_rests_until(person, now))
        give_back_everything(person=person, until=decision.until_at, now=now)


def take_back(decision: Decision, *, now: datetime) -> None:
    """Undo what no other decision asks for. Seats that went to others stay with them."""
    subject = find_kind(decision.about_kind)
    if subject is not None and subject.show is not None and hides(decision.act, subject):
        row = subject.look_up(decision.about_id)
        if row is not None and not _still_hidden(decision, subject):
            subject.show(row)
    person = decision.person
    if person is None:
        return
    if decision.act == Decision.Act.SUSPEND:
        standing.rest(person=person, until=_rests_until(person, now))
    if decision.act == Decision.Act.BAN and not _standing(person).filter(act=Decision.Act.BAN).exists():
        standing.reopen(person=person)


def _standing(person: User) -> DecisionQuerySet:
    return Decision.objects.filter(person=person).in_force()


def _rests_until(person: User, now: datetime) -> datetime | None:
    found = _standing(person).filter(act=Decision.Act.SUSPEND, until_at__gt=now).aggregate(latest=Max("until_at"))
    latest: datetime | None = found["latest"]
    return latest


def _still_hidden(decision: Decision, subject: Subject) -> bool:
    others = Decision.objects.about(decision.about_kind, decision.about_id).in_force()
    return any(hides(act, subject) for act in others.values_list("act", flat=True))
