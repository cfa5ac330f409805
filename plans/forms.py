"""What people type about plans. Forms clean; services decide."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from plans.models import PlanTemplate


def days_from(first_weekday: int) -> list[tuple[int, Any]]:
    """Return the days of the week, beginning with the person's first."""
    names = list(User.Weekday.choices)
    return names[first_weekday:] + names[:first_weekday]


class FollowForm(forms.Form):
    """Start, days, one time for all of them, and the person's own if-then sentence."""

    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    cues = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    at_time = forms.TimeField(
        label=_("Time"),
        help_text=_("By your own clock. A reminder comes then, if you have not been out already."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    when_text = forms.CharField(label=_("When …"), max_length=200)
    then_text = forms.CharField(label=_("then …"), max_length=200)
    obstacle_text = forms.CharField(label=_("If this gets in the way …"), max_length=200, required=False)
    instead_text = forms.CharField(label=_("then instead …"), max_length=200, required=False)

    def __init__(self, data: Any = None, *, template: PlanTemplate, person: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        days = self.fields["cues"]
        assert isinstance(days, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type checker
        days.choices = days_from(person.first_weekday)
        self.initial.setdefault("at_time", time(8, 30))
        self.initial.setdefault("cues", _spread(template.sessions_min))
        self.initial.setdefault("when_text", gettext("I have had breakfast"))
        self.initial.setdefault("then_text", gettext("I walk ten minutes"))

    def followed(self) -> dict[str, Any]:
        """Return the arguments of `follow_plan`."""
        cleaned = dict(self.cleaned_data)
        at_time = cleaned.pop("at_time")
        return {**cleaned, "cues": [(day, at_time) for day in cleaned["cues"]]}


def add_refusal(form: forms.Form, error: DomainError) -> None:
    """Say a service's no beside the field at fault, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


def _spread(times: int) -> list[int]:
    """Suggest as many days as the plan asks for, apart from each other."""
    return sorted({round(i * 7 / times) % 7 for i in range(min(times, 7))})
