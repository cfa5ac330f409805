"""Input of pages: cleaned here, kept by services."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import ZoneField
from accounts.models import User
from core.clock import instant_of
from core.errors import DomainError
from core.visibility import Viewer
from groups.models import Event, Group
from groups.queries import members_seen_by
from groups.services.events import EventFields
from plans.models import PlanTemplate

DAY = 24 * 60


def refuse(form: forms.BaseForm, error: DomainError) -> None:
    """Say what a service said, beside the field at fault."""
    form.add_error(error.field if error.field in form.fields else None, str(error.message))


class FindForm(forms.Form):
    """What somebody looks for. Nothing here is required."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any")), *Group.Kind.choices], required=False)
    words = forms.CharField(label=_("Name or place"), max_length=80, required=False)

    def found(self) -> dict[str, str]:
        """Return the filters that make sense; the others are left out."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in ("kind", "words")}


class AnswerForm(forms.Form):
    answer = forms.ChoiceField(choices=[("going", _("Going")), ("maybe", _("Maybe")), ("declined", _("Can't come"))])
    is_quiet = forms.BooleanField(
        label=_("Quietly"), help_text=_("Hosts see your answer, nobody else."), required=False
    )
    is_first_time = forms.BooleanField(
        label=_("My first time"), help_text=_("Whoever greets newcomers looks out for you."), required=False
    )


class GroupForm(forms.ModelForm):  # type: ignore[type-arg]
    time_zone = ZoneField(help_text=_("The clock that its events follow."))

    class Meta:
        model = Group
        fields = [
            "name", "kind", "place", "time_zone", "about", "effort", "languages", "accessibility", "visibility",
        ]  # fmt: skip
        widgets = {"effort": forms.RadioSelect, "visibility": forms.RadioSelect}


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """Day and time are what the clocks at the place show."""

    on = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    at = forms.TimeField(label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(label=_("Minutes"), min_value=5, max_value=7 * DAY, initial=60)
    time_zone = ZoneField(help_text=_("Day and time are what the clocks there show."))
    greeter = forms.ModelChoiceField(
        User.objects.none(), label=_("Who greets newcomers"), required=False, empty_label=_("Nobody yet")
    )
    # What the form says about time; the service speaks of instants.
    said_as = {"starts_at": "on", "ends_at": "minutes"}

    class Meta:
        model = Event
        fields = [
            "title", "time_zone", "place", "setting", "effort", "capacity", "how_it_goes", "where_to_stand",
            "leaving_early", "greeter", "about",
        ]  # fmt: skip
        widgets = {"effort": forms.RadioSelect}

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.instance
        members = members_seen_by(viewer, event.group)
        cast("forms.ModelChoiceField[User]", self.fields["greeter"]).queryset = User.objects.visible_to(viewer).filter(
            pk__in=members.order_by().values("person")
        )
        if event.pk:
            starts = event.starts_at.astimezone(ZoneInfo(event.time_zone))
            minutes = round(event.duration.total_seconds() / 60)
            self.initial = {**self.initial, "on": starts.date(), "at": starts.time(), "minutes": minutes}

    def details(self) -> EventFields:
        """Return what the service wants, in instants."""
        said: Mapping[str, Any] = self.cleaned_data
        starts_at = instant_of(said["on"], said["at"], said["time_zone"])
        fields = {name: value for name, value in said.items() if name not in {"on", "at", "minutes"}}
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=said["minutes"])}
        return cast("EventFields", {**fields, **times})

    def refuse(self, error: DomainError) -> None:
        """Say what the service said, beside the field that the host filled in."""
        error.field = self.said_as.get(error.field or "", error.field)
        refuse(self, error)


class SharePlanForm(forms.Form):
    """One of the plans that the person may show to the group."""

    template = forms.ModelChoiceField(
        label=_("Plan"),
        queryset=PlanTemplate.objects.none(),
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
    )

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["template"]
        chosen.queryset = plans  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda plan: plan.title  # type: ignore[attr-defined]
