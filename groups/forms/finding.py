"""What somebody looks for. Nothing here is required; what makes no sense is said and left out."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from core import clock
from groups.finding import Wish
from groups.forms.places import NearField
from groups.models import Event, Group

ANY = ("", _("Any"))
KM = [(5, _("5 km")), (10, _("10 km")), (25, _("25 km")), (50, _("50 km"))]
USUAL_KM = 25

AROUND_NOW = timedelta(days=3660)


class WishForm(forms.Form):
    """The same for groups and for events."""

    words = forms.CharField(label=_("Name or place"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *Group.Kind.choices], required=False)
    near = NearField()
    km = forms.TypedChoiceField(label=_("Within"), choices=KM, coerce=int, empty_value=None, required=False)
    setting = forms.ChoiceField(label=_("Surroundings"), choices=[ANY, *Event.Setting.choices], required=False)
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    newcomers = forms.BooleanField(label=_("Good for a first time"), required=False)

    def __init__(self, data: Mapping[str, Any], *, time_zone: str = "") -> None:
        super().__init__({"km": USUAL_KM, **{name: value for name, value in data.items() if value}})
        cast("NearField", self.fields["near"]).time_zone = time_zone

    def clean_day(self) -> date | None:
        day: date | None = self.cleaned_data["day"]
        if day is not None and abs(day - clock.now().date()) > AROUND_NOW:
            raise forms.ValidationError(_("Choose a day within ten years."), code="out_of_range")
        return day

    def wish(self) -> Wish:
        """Return what can be looked for; errors stand beside their fields."""
        self.is_valid()
        said = self.cleaned_data
        return Wish(
            words=said.get("words", ""),
            kind=said.get("kind", ""),
            setting=said.get("setting", ""),
            day=said.get("day"),
            point=said.get("near"),
            km=said.get("km") or USUAL_KM,
            is_for_newcomers=said.get("newcomers", False),
        )

    @property
    def is_detailed(self) -> bool:
        """Whether more than words and kind is asked for, or needs another look."""
        return any(self.data.get(name) for name in ("near", "setting", "day", "newcomers"))
