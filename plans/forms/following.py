"""What people type when they follow a plan or change how."""

from datetime import date, time
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from plans.models import Enrollment, PlanTemplate

FIXED, ANY = "days", "times"
DAYS = range(7)
USUAL = time(8, 30)


def days_from(first_weekday: int) -> list[tuple[int, Any]]:
    """Return the days of the week, beginning with the person's first."""
    names = list(User.Weekday.choices)
    return names[first_weekday:] + names[:first_weekday]


def spread(times: int) -> list[int]:
    """Return as many days of the week as asked for (at most seven), apart from each other."""
    days = min(times, 7)
    return [round(number * 7 / days) for number in range(days)]


class FollowForm(forms.Form):
    """Start, the days or how many a week, and the person's own if-then sentence.

    The two ways stand side by side, so that it works without a script; the one not chosen is not looked at.
    """

    use_required_attribute = False  # the browser cannot know which of the two ways is meant

    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    rhythm = forms.ChoiceField(
        label=_("How would you like it?"),
        choices=[(FIXED, _("on these days")), (ANY, _("a number of times a week, on any day"))],
        widget=forms.RadioSelect,
    )
    cues = forms.TypedMultipleChoiceField(
        label=_("Days"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day of the week.")},
    )
    at_time = forms.TimeField(
        label=_("Time"),
        help_text=_("By your own clock. A reminder comes then, if you have not been out already."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    times_a_week = forms.IntegerField(
        label=_("Times a week"),
        min_value=1,
        max_value=14,
        help_text=_("Once that many are done, the rest of the week is free."),
    )
    reminder_time = forms.TimeField(
        label=_("A time to be reminded at"),
        help_text=_("On days spread over the week, until you have done as many as you like. Leave it empty for none."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        required=False,
    )
    when_text = forms.CharField(
        label=_("When …"),
        max_length=200,
        help_text=_("For example: I have brushed my teeth · I pour my coffee · I come home from work"),
    )
    then_text = forms.CharField(label=_("then …"), max_length=200)
    obstacle_text = forms.CharField(
        label=_("If this gets in the way …"),
        max_length=200,
        required=False,
        help_text=_("For example: it rains · I slept badly · there is no time"),
    )
    instead_text = forms.CharField(
        label=_("then instead …"),
        max_length=200,
        required=False,
        help_text=_("For example: I stretch by the window · I go to the corner and back"),
    )

    def __init__(self, data: Any = None, *, template: PlanTemplate, person: User, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.days = days_from(person.first_weekday)
        chosen = self.fields["cues"]
        assert isinstance(chosen, forms.TypedMultipleChoiceField)  # noqa: S101 - for the type checker
        chosen.choices = self.days
        for day, name in self.days:
            self.fields[f"time_{day}"] = forms.TimeField(
                label=name, required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
            )
        for name, value in _suggestions(template).items():
            self.initial.setdefault(name, value)

    @property
    def own_times(self) -> list[BoundField]:
        return [self[f"time_{day}"] for day, _name in self.days]

    @property
    def has_own_times(self) -> bool:
        """Whether a single day has a time of its own, or was meant to."""
        return any(bound.value() or bound.errors for bound in self.own_times)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if "rhythm" not in self.data:  # without a word on it, days are meant
            self.errors.pop("rhythm", None)
        is_any = cleaned.get("rhythm") == ANY
        unused = ["cues", "at_time", *(f"time_{day}" for day in DAYS)] if is_any else ["times_a_week", "reminder_time"]
        for name in unused:
            cleaned.pop(name, None)
            self.errors.pop(name, None)
        return cleaned

    def followed(self) -> dict[str, Any]:
        """Return the arguments of `follow_plan`."""
        words = ("starts_on", "when_text", "then_text", "obstacle_text", "instead_text")
        values = {name: self.cleaned_data[name] for name in words if name in self.cleaned_data}
        return values | self._rhythm()

    def _rhythm(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("rhythm") == ANY:
            times, at = cleaned["times_a_week"], cleaned["reminder_time"]
            return {"times_a_week": times, "cues": [(day, at) for day in spread(times)] if at else []}
        cues = [(day, cleaned[f"time_{day}"] or cleaned["at_time"]) for day in cleaned["cues"]]
        return {"times_a_week": None, "cues": cues}


class ChangeForm(FollowForm):
    """The same, as it is now. The first day can be changed while it lies ahead."""

    def __init__(self, data: Any = None, *, enrollment: Enrollment, person: User, today: date, **kwargs: Any) -> None:
        super().__init__(data, template=enrollment.template, person=person, initial=_as_it_is(enrollment), **kwargs)
        self.enrollment = enrollment
        if enrollment.starts_on <= today:
            del self.fields["starts_on"]

    def followed(self) -> dict[str, Any]:
        """Return the arguments of `change_following`. Days that only remind stay, unless number or time changed."""
        values = super().followed()
        if self.cleaned_data.get("rhythm") == ANY and not {"times_a_week", "reminder_time", "rhythm"} & {
            *self.changed_data
        }:
            del values["cues"]
        return values


def _suggestions(template: PlanTemplate) -> dict[str, Any]:
    return {
        "rhythm": FIXED,
        "cues": spread(template.sessions_min),
        "at_time": USUAL,
        "times_a_week": template.sessions_min,
        "when_text": gettext("I have had breakfast"),
        "then_text": gettext("I walk ten minutes"),
    }


def _as_it_is(enrollment: Enrollment) -> dict[str, Any]:
    """Return the following as the form shows it: the commonest time for all days, others at their day."""
    found: dict[str, Any] = {
        name: getattr(enrollment, name)
        for name in ("starts_on", "when_text", "then_text", "obstacle_text", "instead_text")
    }
    times = [cue.at_time for cue in enrollment.shown_cues]
    usual = max(times, key=times.count) if times else None
    if enrollment.times_a_week is not None:
        return found | {"rhythm": ANY, "times_a_week": enrollment.times_a_week, "reminder_time": usual}
    own = {f"time_{cue.weekday}": cue.at_time for cue in enrollment.shown_cues if cue.at_time != usual}
    days = [cue.weekday for cue in enrollment.shown_cues]
    return found | own | {"rhythm": FIXED, "cues": days, "at_time": usual}
