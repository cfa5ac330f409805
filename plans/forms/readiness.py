"""The question before a vigorous plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.readiness import Question


class ReadinessForm(forms.Form):
    """One question before a vigorous plan, and what the person has done about a yes. Empty where it is not asked."""

    use_required_attribute = False
    prefix = "ready"

    asks_first = forms.TypedChoiceField(
        label=_("Does any of these apply to you?"),
        choices=[("no", _("No, none of them")), ("yes", _("Yes, or I am not sure"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("One answer comes first, for your safety.")},
    )
    has_asked = forms.BooleanField(label=_("I have asked a clinician"), required=False)

    def __init__(self, data: Any = None, *, question: Question | None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if question is None:
            self.fields.clear()
        elif question.asks_first:
            self.initial.setdefault("asks_first", "yes")
