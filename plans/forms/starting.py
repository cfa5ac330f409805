"""Beginning to follow a plan from a page: the two forms, and what came of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from core import clock
from core.errors import DomainError
from plans.forms.following import FollowForm
from plans.forms.readiness import ReadinessForm
from plans.forms.refusals import add_refusal
from plans.models import Enrollment, PlanTemplate
from plans.readiness import Question, question_for
from plans.services.enrollments import follow_plan
from plans.services.readiness import answer_readiness


@dataclass(frozen=True)
class Start:
    """Somebody is about to follow `plan`."""

    person: User
    plan: PlanTemplate
    question: Question | None
    form: FollowForm
    ready: ReadinessForm

    @classmethod
    def of(cls, data: Any, *, person: User, plan: PlanTemplate, now: datetime) -> "Start":
        question = question_for(person, plan)
        form = FollowForm(
            data, template=plan, person=person, initial={"starts_on": clock.local_day(now, person.time_zone)}
        )
        return cls(person, plan, question, form, ReadinessForm(data, question=question))

    def follow(self, now: datetime) -> Enrollment | None:
        """Keep the answer and follow the plan; what stands in the way is said in the forms."""
        if not all([self.form.is_valid(), self.ready.is_valid()]):
            return None
        if "asks_first" in self.ready.fields:
            answer_readiness(person=self.person, asks_first=self.ready.cleaned_data["asks_first"], now=now)
        has_asked = self.ready.cleaned_data.get("has_asked", False)
        try:
            return follow_plan(
                person=self.person, template=self.plan, has_asked=has_asked, now=now, **self.form.followed()
            )
        except DomainError as error:
            add_refusal(self.ready if error.field in self.ready.fields else self.form, error)
            return None
