"""What people type to have a ladder made."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.visibility import Viewer
from library.models import ExerciseType
from plans.ladder import MAX_TIMES
from plans.models import Growth, Session


class LadderForm(forms.Form):
    """From an amount to an amount, so many times a week."""

    exercise_type = forms.ModelChoiceField(
        label=_("Kind"),
        queryset=ExerciseType.objects.none(),
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    unit = forms.ChoiceField(
        label=_("Counted in"), choices=Session.Unit.choices, initial=Session.Unit.KM, widget=forms.RadioSelect
    )
    start = forms.DecimalField(label=_("From"), min_value=Decimal("0.1"), max_digits=5, decimal_places=1)
    goal = forms.DecimalField(label=_("To"), min_value=Decimal("0.1"), max_digits=5, decimal_places=1)
    times = forms.IntegerField(label=_("Times a week"), min_value=1, max_value=MAX_TIMES, initial=3)
    growth = forms.ChoiceField(
        label=_("It grows like"), choices=Growth.choices, initial=Growth.WALKING, widget=forms.RadioSelect
    )
    title = forms.CharField(label=_("Name"), max_length=120, required=False)

    def __init__(self, *args: Any, viewer: Viewer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exercise_type"].queryset = ExerciseType.objects.visible_to(viewer)  # type: ignore[attr-defined]

    def ladder(self) -> dict[str, Any]:
        """Return the arguments of `ladder_of`."""
        return {name: self.cleaned_data[name] for name in ("start", "goal", "unit", "growth", "times")}
