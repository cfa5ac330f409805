"""What people type about plans. Forms clean; services decide."""

from datetime import time
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import DomainError
from library.models import ExerciseType
from plans.models import PlanTemplate, SessionLog
from plans.models.templates import Intensity

MOODS = [(step, step) for step in range(1, 8)]
RATINGS = [(step, step) for step in range(11)]


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


class LogForm(forms.Form):
    """What was done and how it felt. All but kind, minutes and effort may stay empty."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    exercise_type = forms.ModelChoiceField(
        label=_("What"), queryset=ExerciseType.objects.none(), widget=forms.RadioSelect, to_field_name="slug"
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440)
    intensity = forms.ChoiceField(label=_("How was your breath?"), choices=Intensity.choices, widget=forms.RadioSelect)
    is_floor = forms.BooleanField(label=_("It was the small version"), required=False)
    mood_before = forms.TypedChoiceField(
        label=_("Mood before"), coerce=int, empty_value=None, choices=MOODS, required=False, widget=forms.RadioSelect
    )
    mood_after = forms.TypedChoiceField(
        label=_("Mood now"), coerce=int, empty_value=None, choices=MOODS, required=False, widget=forms.RadioSelect
    )
    mastery = forms.TypedChoiceField(
        label=_("I managed something"), coerce=int, empty_value=None, choices=RATINGS, required=False
    )
    pleasure = forms.TypedChoiceField(
        label=_("I enjoyed it"), coerce=int, empty_value=None, choices=RATINGS, required=False
    )
    setting = forms.ChoiceField(
        label=_("Where"), choices=SessionLog.Setting.choices, required=False, widget=forms.RadioSelect
    )
    company = forms.ChoiceField(
        label=_("With whom"), choices=SessionLog.Company.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note to myself"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, types: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        kind = self.fields["exercise_type"]
        assert isinstance(kind, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        kind.queryset = types
        kind.empty_label = None
        self.initial.setdefault("uuid", uuid4())  # made here, so that a double tap is one row


def add_refusal(form: forms.Form, error: DomainError) -> None:
    """Say a service's no beside the field at fault, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


def _spread(times: int) -> list[int]:
    """Suggest as many days as the plan asks for, apart from each other."""
    return sorted({round(i * 7 / times) % 7 for i in range(min(times, 7))})
