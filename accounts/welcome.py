"""The three steps of the welcome: what each asks and what comes next."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms

from accounts.forms import LanguageForm, NameForm, PlaceForm
from accounts.models import User
from accounts.services.profile import change_settings, choose_language, finish_welcome


@dataclass(frozen=True)
class Step:
    """`number` counts from 1. `save` takes the form's clean data; `following` is None for the last step."""

    name: str
    number: int
    form: type[forms.Form]
    save: Callable[[User, dict[str, Any], datetime], object]
    following: str | None


STEPS = {
    step.name: step
    for step in (
        Step("language", 1, LanguageForm, lambda person, data, _now: choose_language(person=person, **data), "place"),
        Step("place", 2, PlaceForm, lambda person, data, _now: change_settings(person=person, changes=data), "name"),  # type: ignore[arg-type]
        Step("name", 3, NameForm, lambda person, data, now: finish_welcome(person=person, now=now, **data), None),
    )
}
