"""What people type when they rest: a pause, and a step on another day. Forms clean; services decide."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Pause
from plans.services.days import FARTHEST


class PauseForm(forms.Form):
    """Why, if one likes to say, and until when; empty is until I say."""

    reason = forms.ChoiceField(
        label=_("What is it?"), choices=Pause.Reason.choices, required=False, widget=forms.RadioSelect
    )
    ends_on = forms.DateField(
        label=_("Last day of the pause"),
        help_text=_("Leave it empty if you do not know yet: it rests until you say."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class AnotherDayForm(forms.Form):
    """A day within two weeks, and a time if it differs."""

    moved_to = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at_time = forms.TimeField(
        label=_("Time"),
        help_text=_("Leave it empty for the usual time."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        first = today + timedelta(days=1)
        self.initial.setdefault("moved_to", first + timedelta(days=1))
        self.fields["moved_to"].widget.attrs |= {"min": first.isoformat(), "max": (today + FARTHEST).isoformat()}
