"""Sharing a plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.models import PlanTemplate


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
