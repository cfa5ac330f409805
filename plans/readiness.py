"""The question before the first vigorous plan: whether to ask, and what stands beside it."""

from dataclasses import dataclass

from accounts.models import User
from core.visibility import Viewer
from library.models import SafetyText
from plans.models import PlanTemplate, Readiness, Session
from plans.models.templates import Intensity

SHOWN = 3


@dataclass(frozen=True)
class Question:
    """The reasons to ask a clinician first, what to do then, and plans that are gentler.

    `asks_first` is the answer that stands, None while there is none.
    """

    reasons: list[SafetyText]
    advice: list[SafetyText]
    gentler: list[PlanTemplate]
    asks_first: bool | None


def is_vigorous(template: PlanTemplate) -> bool:
    """Whether any step of the plan leaves breath for only a few words."""
    return Session.objects.filter(week__template=template, intensity=Intensity.VIGOROUS).exists()


def answer_of(person: User) -> bool | None:
    """Return whether any of the reasons to ask first applies, as the person said; None while they have not."""
    found = Readiness.objects.visible_to(person).first()
    return found.asks_first if found else None


def question_for(person: User, template: PlanTemplate) -> Question | None:
    """Return the question for a vigorous plan; None where it need not be asked. After a no it is not asked again."""
    if not is_vigorous(template):
        return None
    answer = answer_of(person)
    if answer is False:
        return None
    texts = list(SafetyText.objects.visible_to(person).filter(group=SafetyText.Group.ASK_FIRST))
    return Question(
        reasons=[text for text in texts if not text.is_advice],
        advice=[text for text in texts if text.is_advice],
        gentler=gentler_than(template, person),
        asks_first=answer,
    )


def gentler_than(template: PlanTemplate, viewer: Viewer) -> list[PlanTemplate]:
    """Return plans of the editors without a vigorous step, those for the same needs first."""
    vigorous = Session.objects.filter(intensity=Intensity.VIGOROUS).values("week__template")
    plans = PlanTemplate.objects.visible_to(viewer).by_editors().filter(is_published=True).exclude(pk__in=vigorous)
    near = plans.filter(needs__in=template.needs.all()).distinct()
    return list(near[:SHOWN]) or list(plans[:SHOWN])
