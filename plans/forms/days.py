"""A step on another day."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AnotherDayForm(forms.Form):
    """A day from `first` to `last`, and a time if it differs. The service has the last word on the day."""

    moved_to = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at_time = forms.TimeField(
        label=_("Time"),
        help_text=_("Leave it empty for the usual time."),
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    def __init__(self, data: Any = None, *, first: date, last: date, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.fields["moved_to"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
