"""A questionnaire as a form: one question a field, none of them stored."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from plans.scales.questionnaires import Questionnaire


class CheckInForm(forms.Form):
    """Every question has to be answered: a score of part of them means nothing."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.initial.setdefault("uuid", uuid4())  # made here, so that a double tap is one row
        options = [(option.score, option.text) for option in questionnaire.options]
        for number, item in enumerate(questionnaire.items, start=1):
            self.fields[f"item_{number}"] = forms.TypedChoiceField(
                label=item.text,
                choices=options,
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={"required": _("Please choose one of the answers.")},
            )

    def answers(self) -> list[int]:
        return [value for name, value in self.cleaned_data.items() if name != "uuid"]

    @property
    def items(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name != "uuid"]
