"""An event as its host describes it, once or again and again."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from core.clock import instant_of
from groups.forms.outings import OutingForm
from groups.forms.repeating import RepeatingForm, day_field
from groups.models import Event
from groups.services.events import EventFields


class EventForm(OutingForm):
    """Day and time are what the clocks at the place show."""

    on = day_field(_("Day"))

    class Meta(OutingForm.Meta):
        model = Event

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        event = self.instance
        if event.pk:
            starts = event.starts_at.astimezone(ZoneInfo(event.time_zone))
            minutes = round(event.duration.total_seconds() / 60)
            self.initial = {**self.initial, "on": starts.date(), "at": starts.time(), "minutes": minutes}

    def details(self) -> EventFields:
        """Return what the service wants, in instants."""
        said: Mapping[str, Any] = self.cleaned_data
        starts_at = instant_of(said["on"], said["at"], said["time_zone"])
        times = {"starts_at": starts_at, "ends_at": starts_at + timedelta(minutes=said["minutes"])}
        return cast("EventFields", {**self.outing(), **times})


class NewEventForm(RepeatingForm, EventForm):
    """A new one may be the first of many."""

    @property
    def recurs(self) -> bool:
        return bool(self.cleaned_data["repeats"])

    def first_day(self) -> Any:
        return self.cleaned_data["on"]

    def clean(self) -> dict[str, Any]:
        """A last day means nothing for a meeting that happens once; said so, rather than dropped."""
        said = cast("dict[str, Any]", super().clean())
        if said.get("until") and not said.get("repeats"):
            self.add_error("repeats", forms.ValidationError(_("Choose how often, or leave the last day empty.")))
        return said
