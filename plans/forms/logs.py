"""Beginning a step and noting what was done."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from core import clock
from library.models import ExerciseType
from plans.models import Beginning, SessionLog
from plans.models.logs import METRES
from plans.models.templates import Intensity
from plans.services.log_checks import MAX_MINUTES, MAX_NOTE, MAX_TITLE

MOODS = [(step, step) for step in range(1, 8)]
RATINGS = [(step, step) for step in range(11)]
WALL_CLOCK = "%Y-%m-%dT%H:%M"


class WallClockField(forms.Field):
    """A day and a time by the person's own clock. An hour that a clock change skips or repeats is understood."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WALL_CLOCK)

    def prepare_value(self, value: Any) -> Any:
        return timezone.localtime(value).strftime(WALL_CLOCK) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        if not value:
            return None
        try:
            wall = parse_datetime(str(value).strip())
            if wall is None or wall.tzinfo is not None:
                raise ValueError
            return clock.instant_of(wall.date(), wall.time(), timezone.get_current_timezone_name())
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError(_("Choose a day and a time."), code="invalid") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the minute differs: seconds are never shown."""
        return bool(self.prepare_value(initial) != (data or None))


def mood_field(label: Any, help_text: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=label, help_text=help_text, coerce=int, empty_value=None, choices=MOODS, required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip


class BeginForm(forms.Form):
    """How it will feel, if one likes to guess."""

    guess = mood_field(_("How will you feel afterwards?"))


class LogForm(forms.Form):
    """What was done and how it felt. Of a step that was begun, the minutes may stay empty."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    exercise_type = forms.ModelChoiceField(
        label=_("What"), queryset=ExerciseType.objects.none(), widget=forms.RadioSelect, to_field_name="slug"
    )
    title = forms.CharField(label=_("In your own words"), max_length=MAX_TITLE, required=False)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MAX_MINUTES)
    intensity = forms.ChoiceField(label=_("How was your breath?"), choices=Intensity.choices, widget=forms.RadioSelect)
    done_at = WallClockField(label=_("When"), required=False, help_text=_("Left empty, it is now."))
    distance_km = forms.DecimalField(
        label=_("Kilometres"), min_value=Decimal("0.001"), max_value=1000, decimal_places=3, required=False,
        widget=forms.NumberInput(attrs={"step": "any", "inputmode": "decimal"}),
    )  # fmt: skip
    is_floor = forms.BooleanField(label=_("It was the small version"), required=False)
    mood_before = mood_field(_("Mood before"))
    mood_after = mood_field(_("Mood now"))
    mastery = forms.TypedChoiceField(
        label=_("I managed something"), coerce=int, empty_value=None, choices=RATINGS, required=False
    )
    pleasure = forms.TypedChoiceField(
        label=_("I enjoyed it"), coerce=int, empty_value=None, choices=RATINGS, required=False
    )
    setting = forms.ChoiceField(
        label=_("Where"), choices=SessionLog.Setting.choices, required=False, widget=forms.RadioSelect
    )
    company = forms.ChoiceField(
        label=_("With whom"), choices=SessionLog.Company.choices, required=False, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("Note to myself"), max_length=MAX_NOTE, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, data: Any = None, *, types: Any, begun: Beginning | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        kind = self.fields["exercise_type"]
        assert isinstance(kind, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        kind.queryset = types
        kind.empty_label = None
        self.initial.setdefault("uuid", uuid4())  # made here, so that a double tap is one row
        self.begun = begun
        if begun:
            self.fields["minutes"].required = False
            self.fields["minutes"].help_text = _("Left empty, it is the time since you began, or that of the step.")

    def noted(self) -> dict[str, Any]:
        """Return the arguments of `log_session`."""
        said = dict(self.cleaned_data)
        distance = said.pop("distance_km")
        if self.begun:
            said["uuid"] = self.begun.uuid
        return {**said, "distance_m": None if distance is None else int(distance * METRES)}

    def changed(self) -> dict[str, Any]:
        """Return the arguments of `edit_log`; a time that was left alone is not among them."""
        said = self.noted()
        said.pop("uuid")
        if "done_at" not in self.changed_data or said["done_at"] is None:
            said.pop("done_at")
        return said
