"""What readers type or pick: a week, a search, a mark, which sources. What is read from the address is not stored."""

from collections.abc import Container, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from core.visibility import Viewer
from library import dose
from library.models import Citation, Mark, Mechanism


def dose_target_of(viewer: Viewer) -> int:
    """Return the weekly target that a member chose, or the guideline's."""
    return viewer.weekly_target_minutes if viewer.is_authenticated else dose.TARGET_MINUTES


class CountField(forms.IntegerField):
    """A number that may be left empty, which means 0."""

    def __init__(self, *, most: int, too_many: Any, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=most, required=False, **kwargs)
        self.error_messages |= {"min_value": _("Zero or more."), "max_value": too_many}
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class DoseForm(forms.Form):
    """Minutes and sessions of one week. `target` is the person's own mark, `age` adds heart-rate zones.

    `has_zones`: whether the sources of the zones have been checked; until then there are none.
    """

    MOST_SESSIONS = 50
    LEAST_AGE, MOST_AGE = 18, 110
    LEAST_TARGET, MOST_TARGET = 10, 1000  # as in a member's settings
    _week_is_full = ngettext_lazy(
        "A week has %(limit_value)d minute.", "A week has %(limit_value)d minutes.", "limit_value"
    )
    _too_often = ngettext_lazy(
        "Up to %(limit_value)d session can be counted here.",
        "Up to %(limit_value)d sessions can be counted here.",
        "limit_value",
    )

    light = CountField(label=_("Light minutes"), most=dose.MINUTES_IN_A_WEEK, too_many=_week_is_full)
    moderate = CountField(label=_("Moderate minutes"), most=dose.MINUTES_IN_A_WEEK, too_many=_week_is_full)
    vigorous = CountField(label=_("Vigorous minutes"), most=dose.MINUTES_IN_A_WEEK, too_many=_week_is_full)
    strength = CountField(label=_("Strength sessions"), most=MOST_SESSIONS, too_many=_too_often)
    mindful = CountField(label=_("Mindful sessions"), most=MOST_SESSIONS, too_many=_too_often)
    target = forms.IntegerField(
        label=_("Your own target"), required=False, min_value=LEAST_TARGET, max_value=MOST_TARGET
    )
    age = forms.IntegerField(
        label=_("Age"),
        required=False,
        min_value=LEAST_AGE,
        max_value=MOST_AGE,
        help_text=_("Only to show heart-rate zones."),
        error_messages={"min_value": _("This was written with adults in mind. Under 18 the guideline is another one.")},
    )

    def __init__(self, *args: Any, target: int = dose.TARGET_MINUTES, has_zones: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._own_target = target
        if not has_zones:
            del self.fields["age"]
        self.fields["target"].help_text = _("Left empty: %(minutes)s minutes.") % {"minutes": target}
        for key, effort in dose.EFFORTS.items():
            self.fields[key].help_text = effort.talk

    @classmethod
    def is_asked_in(cls, query: Container[str]) -> bool:
        """Whether an address carries any of the fields."""
        return any(name in query for name in cls.base_fields)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        minutes = {name: data.get(name, 0) for name in dose.EFFORTS}
        if sum(minutes.values()) > dose.MINUTES_IN_A_WEEK:
            most = max(minutes, key=lambda name: minutes[name])
            self.add_error(most, _("Together this is longer than a week."))
        return data

    def week(self) -> dose.Week:
        """Return the week that a valid form describes."""
        data = self.cleaned_data
        return dose.Week(
            minutes=dose.moderate_equivalent(**{name: data[name] for name in dose.EFFORTS}),
            light_minutes=data["light"],
            strength_sessions=data["strength"],
            mindful_sessions=data["mindful"],
            target=data["target"] or self._own_target,
        )

    def zones(self) -> list[tuple[dose.Effort, tuple[int, int]]]:
        """Return each effort with its beats a minute, or nothing without an age."""
        age = self.cleaned_data.get("age")
        return [(effort, effort.zone(age)) for effort in dose.EFFORTS.values()] if age else []


class SearchForm(forms.Form):
    """What somebody looks for. Read from the address; neither stored nor logged."""

    LONGEST = 100

    q = forms.CharField(
        label=_("Search the library"),
        max_length=LONGEST,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "enterkeyhint": "search"}),
    )


class MarkForm(forms.Form):
    """Which mark, and whether it is to be there. Saying it twice is saying it once."""

    sense = forms.ChoiceField(choices=Mark.Sense.choices)
    is_on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class SourcesForm(forms.Form):
    """Which sources to show. `wanted` is what the address asks for and there is; anything else is not asked for."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Kind of study"))
    tier = forms.ChoiceField(label=_("Part it plays"))
    mechanism = forms.ChoiceField(label=_("Used on"))

    def __init__(self, query: Mapping[str, str], *, mechanisms: Iterable[Mechanism]) -> None:
        choices: dict[str, list[Any]] = {
            "kind": Citation.Kind.choices,
            "tier": Citation.Tier.choices,
            "mechanism": [(row.slug, row.name) for row in mechanisms],
        }
        self.wanted = {name: query[name] for name, options in choices.items() if query.get(name) in dict(options)}
        super().__init__(initial=self.wanted)
        for name, options in choices.items():
            self.fields[name].choices = [("", _("All")), *options]  # type: ignore[attr-defined]
