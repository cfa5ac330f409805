"""Deciding about what was reported: one transaction, and everything about the same thing is settled with it."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput, NotPermitted
from moderation.models import Decision, Report
from moderation.models.reports import is_moderator
from moderation.services.effects import bring_about
from moderation.services.log import note
from notifications.services.outbox import Message, notify, notify_all

MOST_DAYS = 365
NEEDS_PERSON = (Decision.Act.WARN, Decision.Act.SUSPEND, Decision.Act.BAN)


@transaction.atomic
def decide(
    *, about_kind: str, about_id: UUID, by: User, act: str, words: str = "", days: int | None = None, now: datetime
) -> Decision:
    """Decide about what was reported, bring it about, close every report of it and tell whoever is to be told.

    The person is told `words`, and never that somebody reported; each reporter is told the outcome.
    """
    require_moderator(by)
    reports = list(Report.objects.about(about_kind, about_id).open().select_for_update(no_key=True).order_by("pk"))
    if not reports:
        raise DomainError("already_decided", _("Somebody else has decided this already."))
    person = locked_person(reports[-1].person_id)
    _require_sense(act, words, days, person=person, by=by)
    decision = Decision.objects.create(
        about_kind=about_kind,
        about_id=about_id,
        person=person,
        decided_by=by,
        act=act,
        words=words,
        until_at=now + timedelta(days=days) if act == Decision.Act.SUSPEND and days else None,
        created_at=now,
    )
    bring_about(decision, now=now)
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(
        status=Report.Status.CLOSED, decision=decision, closed_at=now
    )
    note(act=f"decided: {act}", by=by, about_kind=about_kind, about_id=about_id, now=now)
    _tell(decision, reports, now=now)
    return decision


def require_moderator(by: User) -> None:
    if not is_moderator(by):
        raise NotPermitted("not_a_moderator", _("Only moderators decide."))


def locked_person(person_id: int | None) -> User | None:
    """Lock the person, so that what two decisions make of them is made one after the other."""
    return User.objects.select_for_update(no_key=True).filter(pk=person_id).first() if person_id else None


def _require_sense(act: str, words: str, days: int | None, *, person: User | None, by: User) -> None:
    if act not in Decision.Act.values:
        raise InvalidInput("unknown_act", _("Choose one of these."), field="act")
    if person is not None and person.pk == by.pk:
        raise NotPermitted("own_case", _("This is about yourself. Another moderator decides."))
    if act in NEEDS_PERSON and person is None:
        raise InvalidInput("nobody", _("There is nobody whom this concerns."), field="act")
    if act != Decision.Act.NOTHING and not words.strip():
        raise InvalidInput("words_missing", _("Say to the person why, in plain words."), field="words")
    if act == Decision.Act.SUSPEND and not (days and 1 <= days <= MOST_DAYS):
        raise InvalidInput("days_missing", _("For how many days? Between 1 and 365."), field="days")
    if act in NEEDS_PERSON and person is not None and person.is_superuser:
        raise NotPermitted("operator", _("Operators of the site are not suspended or banned from here."))
    if act == Decision.Act.BAN and person is not None and person.banned_at is not None:
        raise DomainError("already_banned", _("This account is closed already."))


def _tell(decision: Decision, reports: list[Report], *, now: datetime) -> None:
    if decision.person is not None and decision.act != Decision.Act.NOTHING:
        notify(
            person=decision.person,
            kind="moderation_decision",
            about_id=str(decision.uuid),
            dedupe_key=f"moderation_decision:{decision.uuid}",
            now=now,
        )
    notify_all(
        [
            Message(report.reporter_id, "report_outcome", str(report.uuid), f"report_outcome:{report.uuid}")
            for report in reports
            if report.reporter_id is not None
        ],
        now=now,
    )
