"""What pages and answers say of a report or a decision."""

from dataclasses import dataclass, replace
from datetime import datetime

from accounts.models import User
from moderation import links
from moderation.models import Appeal, Decision, Report
from moderation.queries import shown_appeal
from moderation.subjects import find_kind
from moderation.wording import decision_in_words, effect_in_words, outcome_in_words, thing_in_words


@dataclass(frozen=True)
class ReportLine:
    """A report as its reporter sees it."""

    report: Report

    @property
    def thing(self) -> str:
        return thing_in_words(self.report.about_kind)

    @property
    def outcome(self) -> str:
        return outcome_in_words(self.report)


@dataclass(frozen=True)
class DecisionPage:
    """A decision as the person whom it concerns sees it. `about` is told where one is shown alone."""

    decision: Decision
    what: str
    effect: str
    appeal: Appeal | None
    may_appeal: bool
    about: str = ""


def own_words(decision: Decision) -> str:
    """Return what the decision is about, as it says now; nothing when that is the person, or is gone.

    Of what the person no longer sees (they left the group, or handed it over) they read what they wrote themselves.
    """
    subject, person = find_kind(decision.about_kind), decision.person
    row = subject.look_up(decision.about_id) if subject is not None else None
    if subject is None or person is None or row is None or row == person:
        return ""
    if subject.rows().visible_to(person).filter(pk=row.pk).exists():
        return subject.excerpt_of(row)
    return subject.words_of(row) if subject.words_of is not None and subject.person_of(row) == person else ""


def decision_page(decision: Decision, person: User, *, now: datetime) -> DecisionPage:
    """Return what the person sees of one decision of `decisions_about`."""
    appeal = shown_appeal(decision)
    return DecisionPage(
        decision=decision,
        what=decision_in_words(decision, person.time_zone, now=now),
        effect=effect_in_words(decision) if decision.undone_at is None else "",
        appeal=appeal,
        may_appeal=appeal is None and links.can_appeal(decision, now),
    )


def whole_decision(decision: Decision, person: User, *, now: datetime) -> DecisionPage:
    """Return one decision of `decisions_about` by itself, with the words that it is about."""
    return replace(decision_page(decision, person, now=now), about=own_words(decision))
