"""What a host says of a meeting, whether it happens once or again and again."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import ZoneField
from accounts.models import User
from core.errors import DomainError
from core.visibility import Viewer
from groups.forms.places import WithSpot
from groups.forms.refusing import refuse
from groups.models import Event, Group
from groups.models.outings import MOST_GUESTS
from groups.queries import members_seen_by

DAY = 24 * 60


class OutingForm(WithSpot, forms.ModelForm):  # type: ignore[type-arg]
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=7 * DAY, initial=60)
    time_zone = ZoneField(help_text=_("Day and time are what the clocks there show."))
    guests_allowed = forms.IntegerField(
        label=_("Guests each"),
        help_text=_("How many people somebody may bring along."),
        min_value=0,
        max_value=MOST_GUESTS,
        initial=0,
        required=False,
    )
    greeter = forms.ModelChoiceField(
        User.objects.none(), label=_("Who greets newcomers"), required=False, empty_label=_("Nobody yet")
    )
    is_newcomer_friendly = forms.BooleanField(
        label=_("Good for a first time"),
        help_text=_("Then everything in this part wants an answer: who comes alone knows what to expect."),
        required=False,
    )
    # What the form says about time; services speak of instants and rules.
    said_as = {
        "starts_at": "on",
        "starts_on": "on",
        "ends_at": "minutes",
        "at_time": "at",
        "rrule": "repeats",
        "runs_until": "until",
    }

    class Meta:
        model: Any = Event
        fields = [
            "title", "about", "effort", "company", "time_zone", "place", "setting", "is_newcomer_friendly",
            "how_it_goes", "where_to_stand", "pace", "toilets", "leaving_early", "greeter", "capacity",
            "guests_allowed",
        ]  # fmt: skip
        widgets = {
            "effort": forms.RadioSelect,
            "about": forms.Textarea(attrs={"rows": 5}),
            "how_it_goes": forms.Textarea(attrs={"rows": 3}),
            **{
                name: forms.Textarea(attrs={"rows": 2})
                for name in ("where_to_stand", "pace", "toilets", "leaving_early")
            },
        }

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = members_seen_by(viewer, self.instance.group).taking_part()  # a greeter is named to everybody
        cast("forms.ModelChoiceField[User]", self.fields["greeter"]).queryset = User.objects.visible_to(viewer).filter(
            pk__in=members.order_by().values("person")
        )
        cast("forms.ChoiceField", self.fields["effort"]).choices = Group.Effort.choices
        company = cast("forms.ChoiceField", self.fields["company"])
        company.choices = [("", _("Not known yet")), *Event.Company.choices]

    def clean_guests_allowed(self) -> int:
        return int(self.cleaned_data["guests_allowed"] or 0)

    def outing(self) -> dict[str, Any]:
        """Return what is said of the meeting itself."""
        said = {name: self.cleaned_data[name] for name in self._meta.fields or () if name in self.cleaned_data}
        return {**said, **self.spot_said()}

    def validate_constraints(self) -> None:
        """Leave to the service what must hold: it says so beside the fields."""

    def refuse(self, error: DomainError) -> None:
        """Say what the service said, beside the fields that the host filled in."""
        error.field = self.said_as.get(error.field or "", error.field)
        refuse(self, error)
