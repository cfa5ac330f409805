"""What somebody picks to find a first step. Read from the address; nothing is stored."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library.models import Need
from mindmove.start.decision import Company, Wish

USUAL = Wish(minutes=10, company=Company.EITHER)


class FinderForm(forms.Form):
    """`need` is a slug; `minutes` and `company` may be left open."""

    MINUTES = [("5", _("Five minutes")), ("10", _("Ten minutes")), ("20", _("Twenty minutes"))]
    COMPANY = [
        (Company.EITHER.value, _("Either is fine")),
        (Company.ALONE.value, _("On my own")),
        (Company.TOGETHER.value, _("With others")),
    ]

    need = forms.ChoiceField(label=_("What weighs on you?"), widget=forms.RadioSelect)
    minutes = forms.ChoiceField(
        label=_("How much time is there?"),
        choices=MINUTES,
        initial=str(USUAL.minutes),
        required=False,
        widget=forms.RadioSelect,
    )
    company = forms.ChoiceField(
        label=_("What company suits?"),
        choices=COMPANY,
        initial=USUAL.company.value,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, needs: list[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [(need.slug, need.first_person) for need in needs]  # type: ignore[attr-defined]

    def wish(self) -> Wish:
        """Return time and company once the form is checked; the usual ones for what was left open or is not known."""
        minutes, company = self.cleaned_data.get("minutes"), self.cleaned_data.get("company")
        return Wish(
            minutes=int(minutes) if minutes else USUAL.minutes,
            company=Company(company) if company else USUAL.company,
        )
