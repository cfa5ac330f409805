"""The answer to the one question before a vigorous plan."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import DomainError, InvalidInput
from plans.models import PlanTemplate, Readiness
from plans.readiness import answer_of, is_vigorous


def answer_readiness(*, person: User, asks_first: bool, now: datetime) -> Readiness:
    """Keep whether any of the reasons to ask a clinician first applies. The latest answer counts."""
    own = Readiness.objects.visible_to(person)
    found, _is_new = own.update_or_create(person=person, defaults={"asks_first": asks_first, "answered_at": now})
    return found


def check_readiness(*, person: User, template: PlanTemplate, has_asked: bool) -> None:
    """Before a vigorous plan: raise unless the question has its answer and, after a yes, the person has asked.

    Whoever says that something applies is advised to ask a clinician; having asked, they decide.
    """
    if is_vigorous(template):
        require_answer(asks_first=answer_of(person), has_asked=has_asked)


def require_answer(*, asks_first: bool | None, has_asked: bool) -> None:
    """Raise unless this answer, None where there is none, lets somebody follow a vigorous plan."""
    if asks_first is None:
        raise DomainError("readiness_needed", _("One question comes first, for your safety."), field="readiness")
    if asks_first and not has_asked:
        raise InvalidInput("ask_first", _("Please speak with a clinician first; then tick here."), field="has_asked")
