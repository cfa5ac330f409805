"""What is told of decisions, each looked up again when it is about to be sent."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.moments import day_in_words
from moderation import links
from moderation.models import Appeal, Decision, Report
from moderation.subjects import label_of
from moderation.wording import decision_in_words, effect_in_words, outcome_in_words
from notifications.kinds import Content, Hold, Kind, register
from notifications.models import Notification


def prepare_moderation_decision(notification: Notification, now: datetime) -> Content | Hold:
    person = notification.person
    decision = Decision.objects.filter(uuid=notification.about_id, person=person).first()
    if decision is None or decision.undone_at is not None:
        return Hold("taken_back")
    context = {
        "what": decision_in_words(decision, person.time_zone, now=now),
        "effect": effect_in_words(decision),
        "words": decision.words,
        "appeal_until": day_in_words((decision.created_at + links.APPEAL_WITHIN).date(), this_year=now.year),
    }
    return Content(context, links.path_for(decision), about=decision)


def prepare_report_outcome(notification: Notification, now: datetime) -> Content | Hold:
    reports = Report.objects.filter(uuid=notification.about_id, reporter=notification.person)
    report = reports.select_related("decision").first()
    if report is None:
        return Hold("gone")
    context = {"thing": label_of(report.about_kind), "outcome": outcome_in_words(report)}
    return Content(context, reverse("moderation:reports"), about=report)


def prepare_appeal_answer(notification: Notification, now: datetime) -> Content | Hold:
    found = Appeal.objects.filter(uuid=notification.about_id, decision__person=notification.person)
    appeal = found.select_related("decision").first()
    if appeal is None:
        return Hold("gone")
    is_granted = appeal.outcome == Appeal.Outcome.GRANTED
    context = {"is_granted": is_granted, "words": appeal.answer}
    return Content(context, links.path_for(appeal.decision), about=appeal.decision)


HELD = {"taken_back": _("It was taken back.")}


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    kinds = [
        (
            "moderation_decision",
            _("A decision about you or something of yours"),
            _("It concerns you, so you are told, and can say if it is wrong."),
            prepare_moderation_decision,
            True,
        ),
        (
            "appeal_answer",
            _("An answer to what you said about a decision"),
            _("You asked us to look again."),
            prepare_appeal_answer,
            True,
        ),
        (
            "report_outcome",
            _("What became of something you reported"),
            _("You told us that something needs a look."),
            prepare_report_outcome,
            False,
        ),
    ]
    for name, label, why, prepare, is_owed in kinds:
        register(
            Kind(
                name=name,
                label=label,
                template=f"moderation/mail/{name}",
                prepare=prepare,
                is_bulk=False,
                is_owed=is_owed,
                why=why,
                held=HELD,
            )
        )
