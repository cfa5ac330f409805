"""What people type about plans. Forms clean; services decide."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from core.errors import DomainError
from library.models import ExerciseType
from plans.models import SessionLog
from plans.models.templates import Intensity

MOODS = [(step, step) for step in range(1, 8)]
RATINGS = [(step, step) for step in range(11)]


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
