"""A pause."""

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import Pause


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
