"""What people type into a plan of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.errors import InvalidInput
from core.visibility import Viewer
from library.models import ExerciseType, Mechanism
from plans.drafts import LIMITS, MAX_FLOOR, MAX_MINUTES, PLAN_LIMITS, PlanDraft, StepDraft, WeekDraft
from plans.models import Growth, Week
from plans.models.templates import Intensity
from plans.services.gate import MAX_STEPS

PREFIX = "steps"


class PlanForm(forms.Form):
    """The plan's own words. Its weeks have pages of their own."""

    title = forms.CharField(label=_("Name"), max_length=PLAN_LIMITS["title"])
    goal = forms.CharField(
        label=_("What for"),
        max_length=PLAN_LIMITS["goal"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    growth = forms.ChoiceField(
        label=_("It grows like"),
        choices=Growth.choices,
        initial=Growth.WALKING,
        widget=forms.RadioSelect,
        help_text=_("Running and jumping grow by 10 percent a week at most, everything else by 20 percent."),
    )

    def draft(self) -> PlanDraft:
        return PlanDraft(**self.cleaned_data)


class StepForm(forms.Form):
    """One step of a week. Without a small version it is kept, and the plan stays a draft."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=pgettext_lazy("a step of a plan", "What"), max_length=LIMITS["title"], required=False)
    exercise_type = forms.ModelChoiceField(
        label=_("Kind"), queryset=ExerciseType.objects.none(), to_field_name="slug", empty_label=None
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=MAX_MINUTES, initial=10)
    intensity = forms.ChoiceField(label=_("Effort"), choices=Intensity.choices, initial=Intensity.LIGHT)
    floor = forms.CharField(
        label=_("The small version"),
        help_text=_("What you can do on a hard day. It counts as done."),
        max_length=LIMITS["floor"],
        required=False,
    )
    floor_minutes = forms.IntegerField(
        label=_("Minutes of the small version"), min_value=1, max_value=MAX_FLOOR, required=False
    )
    instruction = forms.CharField(
        label=_("How it goes"),
        max_length=LIMITS["instruction"],
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mechanisms = forms.ModelMultipleChoiceField(
        label=_("Why it may help"),
        queryset=Mechanism.objects.none(),
        to_field_name="slug",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave it empty for what this kind does most."),
    )

    def __init__(self, *args: Any, kinds: Any, reasons: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["exercise_type"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["mechanisms"].queryset = reasons  # type: ignore[attr-defined]

    def draft(self, row: Any) -> StepDraft:
        values = dict(self.cleaned_data)
        is_other_kind = row is not None and values["exercise_type"].pk != row.exercise_type_id
        if is_other_kind and set(values["mechanisms"]) == set(row.shown_mechanisms):
            values["mechanisms"] = ()  # nobody chose the reasons of the kind that it was
        rung = {"amount": row.amount, "unit": row.unit} if row else {}
        return StepDraft(**values, **rung)


class StepFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """The steps of a week, in the order in which they stand on the page."""

    def drafts(self, rows: dict[int, Any]) -> list[StepDraft]:
        return [form.draft(rows.get(form.cleaned_data["pk"] or 0)) for form in self.forms]

    def refuse(self, error: InvalidInput) -> bool:
        """Say a service's no (`sessions.2.minutes`) beside the field; return whether there is one."""
        path = (error.field or "").rsplit("sessions.", 1)[-1].split(".")
        if len(path) != 2 or not path[0].isdecimal() or int(path[0]) > len(self.forms):  # noqa: PLR2004 - number, name
            return False
        form = self.forms[int(path[0]) - 1]
        form.add_error(path[1] if path[1] in form.fields else None, str(error.message))
        return True


class WeekForm(forms.Form):
    focus = forms.CharField(label=_("What this week is about"), max_length=LIMITS["focus"], required=False)


STEP_FIELDS = tuple(StepForm.base_fields)
Steps = forms.formset_factory(
    StepForm, formset=StepFormSet, extra=0, max_num=MAX_STEPS, validate_max=True, absolute_max=MAX_STEPS + 1
)


def steps_form(viewer: Viewer, *, data: QueryDict | None = None, rows: Iterable[dict[str, Any]] = ()) -> Any:
    choices = {
        "kinds": ExerciseType.objects.visible_to(viewer),
        "reasons": Mechanism.objects.visible_to(viewer).select_related("domain").order_by("domain", "order"),
    }
    return Steps(data, prefix=PREFIX, initial=list(rows), form_kwargs=choices)


def rows_of(week: Week) -> list[dict[str, Any]]:
    """Return what the form of a week, which came `with_schedule`, starts with."""
    names = ("pk", "minutes", "intensity", "floor_minutes")
    return [
        {
            **{name: getattr(step, name) for name in names},
            **{name: getattr(step, name) or "" for name in ("title", "instruction", "floor")},
            "exercise_type": step.exercise_type.slug,
            "mechanisms": [reason.slug for reason in step.shown_mechanisms],
        }
        for step in week.shown_sessions
    ]


def rows_typed(data: QueryDict) -> list[dict[str, Any]]:
    """Return the steps as they were typed, valid or not, so that moving one loses nothing."""
    count = data.get(f"{PREFIX}-TOTAL_FORMS", "0")
    rows = []
    for number in range(min(int(count), MAX_STEPS) if count.isdecimal() else 0):
        at = f"{PREFIX}-{number}-"
        row: dict[str, Any] = {name: data.get(at + name, "") for name in STEP_FIELDS}
        rows.append({**row, "mechanisms": data.getlist(f"{at}mechanisms")})
    return rows


def moved(rows: list[dict[str, Any]], act: str) -> list[dict[str, Any]]:
    """Return the rows after a button: `add`, or `remove`, `up`, `down` with a number, as in `up-2`."""
    verb, _dash, place = act.partition("-")
    at = int(place) if place.isdecimal() else -1
    if verb == "add":
        like = {**rows[-1], "pk": ""} if rows else {}
        return [*rows, like][:MAX_STEPS]
    if not 0 <= at < len(rows):
        return rows
    rest = [*rows[:at], *rows[at + 1 :]]
    if verb == "remove":
        return rest
    to = {"up": at - 1, "down": at + 1}.get(verb, at)
    to = max(0, min(to, len(rest)))
    return [*rest[:to], rows[at], *rest[to:]]


def week_draft(form: WeekForm, steps: StepFormSet, week: Any) -> WeekDraft:
    rows = {step.pk: step for step in week.shown_sessions}
    return WeekDraft(steps.drafts(rows), focus=form.cleaned_data["focus"])
