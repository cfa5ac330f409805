"""What became of a report, and what was decided, in words."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.moments import moment_in_words
from moderation.models import Decision, Report
from moderation.subjects import label_of, yours_of


def thing_in_words(about_kind: str) -> str:
    """Return e.g. `A post`."""
    return capfirst(str(label_of(about_kind)))


def outcome_in_words(report: Report) -> str:
    """Return what the reporter is told. What it means for the other person stays between them and us."""
    act = report.decision.act if report.decision is not None else ""
    if report.status == Report.Status.OPEN:
        return _("It waits for a look. People read every report, and you are told what becomes of it.")
    if act == Decision.Act.NOTHING:
        return _("We looked at it with care and left it as it is. Thank you for saying something.")
    if act == Decision.Act.HIDE:
        return _("We looked at it, and it is no longer shown. Thank you for saying something.")
    if act == Decision.Act.WARN:
        return _("We looked at it and spoke with whom it concerns. Thank you for saying something.")
    return _("We looked at it and did something about it. Thank you for saying something.")


def decision_in_words(decision: Decision, zone: str, *, now: datetime) -> str:
    """Return what was decided, for whom it concerns: never that somebody asked for it."""
    if decision.act == Decision.Act.BAN:
        return _("We looked at how you take part here, and closed your account.")
    if decision.act == Decision.Act.SUSPEND and decision.until_at is not None:
        moment = moment_in_words(decision.until_at, zone, now=now)
        words = _("We looked at how you take part here. Your account rests until %(moment)s.")
        return words % {"moment": moment}
    yours = {"thing": yours_of(decision.about_kind)}
    if decision.act == Decision.Act.HIDE:
        return _("We looked at %(thing)s, and others no longer see it.") % yours
    return _("We looked at %(thing)s, and ask you to read this.") % yours


def effect_in_words(decision: Decision) -> str:
    """Return what it means for the next days, or nothing."""
    if decision.act == Decision.Act.SUSPEND:
        return _("Until then you can read and leave groups, but not write, answer or join. Your plans go on as before.")
    if decision.act == Decision.Act.BAN:
        return _("You can no longer sign in, and others no longer see you.")
    return ""
