"""What somebody picks to find a first step. Read from the address; nothing is stored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library.models import Mark, Need


class FinderForm(forms.Form):
    """`need` is a slug; `minutes` and `company` fall back to ten minutes, either way."""

    MINUTES = [("5", _("Five minutes")), ("10", _("Ten minutes")), ("20", _("Twenty minutes"))]
    COMPANY = [("either", _("Either is fine")), ("alone", _("On my own")), ("together", _("With others"))]

    need = forms.ChoiceField(label=_("What weighs on you?"), widget=forms.RadioSelect)
    minutes = forms.ChoiceField(
        label=_("How much time is there?"), choices=MINUTES, initial="10", required=False, widget=forms.RadioSelect
    )
    company = forms.ChoiceField(
        label=_("What company suits?"), choices=COMPANY, initial="either", required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, needs: list[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [(need.slug, need.first_person) for need in needs]  # type: ignore[attr-defined]


class MarkForm(forms.Form):
    """Which mark, and whether it is to be there. Saying it twice is saying it once."""

    sense = forms.ChoiceField(choices=Mark.Sense.choices)
    is_on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")
