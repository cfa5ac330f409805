"""Saying that a decision is wrong, once; and another moderator's answer."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotPermitted
from moderation.links import can_appeal
from moderation.models import Appeal, Decision
from moderation.services.decisions import locked_person, require_moderator
from moderation.services.effects import take_back
from moderation.services.log import note
from notifications.services.outbox import notify


@transaction.atomic
def appeal(*, decision: Decision, words: str, now: datetime) -> Appeal:
    """Keep what the person says against a decision about themselves. The caller knows that it is theirs."""
    locked = Decision.objects.select_for_update(no_key=True, of=("self",)).select_related("person").get(pk=decision.pk)
    if Appeal.objects.filter(decision=locked).exists():
        raise DomainError("appealed_already", _("You have said what is wrong with it. Somebody else looks at it."))
    if not can_appeal(locked, now):
        raise DomainError("too_late", _("This can no longer be looked at again."))
    if not words.strip():
        raise InvalidInput("words_missing", _("Say in a few words what is wrong with it."), field="words")
    made = Appeal.objects.create(decision=locked, words=words, created_at=now)
    note(act="appealed", by=locked.person, about_kind=locked.about_kind, about_id=locked.about_id, now=now)
    return made


@transaction.atomic
def answer_appeal(*, appeal: Appeal, by: User, outcome: str, answer: str, now: datetime) -> Appeal:
    """Let the decision stand or take it back. Whoever decided does not answer; it is answered once."""
    require_moderator(by)
    locked = Appeal.objects.select_for_update(no_key=True, of=("self",)).select_related("decision").get(pk=appeal.pk)
    decision = locked.decision
    if outcome not in {Appeal.Outcome.UPHELD, Appeal.Outcome.GRANTED}:
        raise InvalidInput("unknown_outcome", _("Choose one of these."), field="outcome")
    if locked.outcome != Appeal.Outcome.OPEN:
        raise DomainError("answered_already", _("Somebody else has answered this already."))
    if by.pk in {decision.decided_by_id, decision.person_id}:
        raise NotPermitted("own_decision", _("You decided this, or it is about you. Another moderator answers."))
    if not answer.strip():
        raise InvalidInput("words_missing", _("Say to the person why, in plain words."), field="answer")
    locked.outcome, locked.answer, locked.answered_by, locked.answered_at = outcome, answer, by, now
    locked.save(update_fields=["outcome", "answer", "answered_by", "answered_at"])
    if outcome == Appeal.Outcome.GRANTED:
        _undo(decision, now=now)
    note(act=f"appeal: {outcome}", by=by, about_kind=decision.about_kind, about_id=decision.about_id, now=now)
    if decision.person is not None:
        key = f"appeal_answer:{locked.uuid}"
        notify(person=decision.person, kind="appeal_answer", about_id=str(locked.uuid), dedupe_key=key, now=now)
    return locked


def _undo(decision: Decision, *, now: datetime) -> None:
    decision.person, decision.undone_at = locked_person(decision.person_id), now
    decision.save(update_fields=["undone_at"])
    take_back(decision, now=now)
