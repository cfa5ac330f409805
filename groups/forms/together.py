"""A goal together, and a plan to follow together."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import Goal
from groups.services.goals import HIGHEST
from plans.models import PlanTemplate


def _day(label: Any, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget)


class GoalForm(forms.Form):
    """Days are days at the group's place."""

    title = forms.CharField(
        label=_("What do you want to reach together?"),
        max_length=120,
        help_text=_("For example: Once around the lake, all our minutes together"),
    )
    unit = forms.ChoiceField(label=_("What counts"), choices=Goal.Unit.choices, widget=forms.RadioSelect)
    target = forms.IntegerField(
        label=_("How much of it"), min_value=1, max_value=HIGHEST, help_text=_("Rather a little less than you think.")
    )
    starts_on = _day(_("First day"))
    ends_on = _day(_("Last day"), _("It is counted two days later, so that everybody can note it."))


class GroupPlanForm(forms.Form):
    template = forms.ModelChoiceField(
        label=_("Plan"),
        queryset=PlanTemplate.objects.none(),
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
    )
    starts_on = _day(_("First day"), _("Whoever comes later begins at the beginning, at their own pace."))

    def __init__(self, *args: Any, plans: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["template"]
        chosen.queryset = plans  # type: ignore[attr-defined]
        chosen.label_from_instance = lambda plan: plan.title  # type: ignore[attr-defined]
