"""A group as its people describe it."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import ZoneField
from groups.forms.places import WithSpot
from groups.models import Group
from groups.services.groups import GroupFields


class GroupForm(WithSpot, forms.ModelForm):  # type: ignore[type-arg]
    time_zone = ZoneField(help_text=_("The clock that its events follow."))

    class Meta:
        model = Group
        fields = [
            "name", "kind", "place", "time_zone", "about", "effort", "languages", "accessibility", "visibility",
            "join_policy",
        ]  # fmt: skip
        widgets = {"effort": forms.RadioSelect, "visibility": forms.RadioSelect, "join_policy": forms.RadioSelect}

    def details(self) -> GroupFields:
        """Return what the service wants."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "spot"}
        return cast("GroupFields", {**said, **self.spot_said()})
