"""How often something meets: nobody types a rule."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from groups import rhythm
from groups.forms.outings import OutingForm
from groups.models import Series
from groups.services.series import SeriesFields


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field for a day in a life; beyond, arithmetic with zones ends."""
    bounds = [MinValueValidator(date(1900, 1, 1)), MaxValueValidator(date(2200, 1, 1))]
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, validators=bounds, **kwargs)


def _weekdays() -> list[tuple[int, str]]:
    return [(day, rhythm.weekday_in_words(day)) for day in range(7)]


class RepeatingForm(forms.Form):
    """Part of a form with `at` and `minutes`; `first_day` is what the month's weekday is read from."""

    repeats = forms.ChoiceField(
        label=_("How often"), choices=rhythm.CHOICES, widget=forms.RadioSelect, required=False, initial=rhythm.NEVER
    )
    weekdays = forms.TypedMultipleChoiceField(
        label=_("On which weekdays"),
        help_text=_("For every week and every two weeks. None: the weekday of the first meeting."),
        choices=_weekdays,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until = day_field(
        _("Last day"),
        help_text=_("Empty: half a year. Some weeks before it ends you are asked whether it goes on."),
        required=False,
    )

    def first_day(self) -> date:
        raise NotImplementedError

    def series_details(self) -> SeriesFields:
        """Return what the service wants of a series."""
        said = self.cleaned_data
        fields = {**cast("OutingForm", self).outing(), "at_time": said["at"], "minutes": said["minutes"]}
        if said["repeats"] != rhythm.OWN:
            fields["rrule"] = str(rhythm.rule_for(said["repeats"], said["weekdays"], self.first_day()))
        if said["until"]:
            fields["runs_until"] = said["until"]
        return cast("SeriesFields", fields)


class FollowingForm(RepeatingForm, OutingForm):
    """A series from one of its days on."""

    class Meta(OutingForm.Meta):
        model = Series

    def __init__(self, *args: Any, since: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.since, series = since, self.instance
        choice, weekdays = rhythm.choice_for(series.rrule)
        repeats = cast("forms.ChoiceField", self.fields["repeats"])
        own = [(rhythm.OWN, rhythm.rule_in_words(series.rrule))] if choice == rhythm.OWN else []
        repeats.choices = [*own, *rhythm.CHOICES[1:]]
        repeats.required = True
        self.initial = {
            **self.initial,
            "at": series.at_time,
            "minutes": series.minutes,
            "repeats": choice,
            "weekdays": weekdays,
            "until": series.runs_until,
        }

    def first_day(self) -> date:
        return self.since
