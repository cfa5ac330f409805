"""The page's form, and what the gate refused, said on the field that it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from unfold.forms import PaginationInlineFormSet
from unfold.widgets import UnfoldAdminSplitDateTimeWidget, UnfoldAdminTextareaWidget

from core.errors import DomainError
from library.models import Mechanism
from library.services.gate import columns_of
from library.services.publishing import newest_version


def refused(request: HttpRequest) -> list[DomainError]:
    """Return what a service said no to while this request was answered."""
    found: list[DomainError] = getattr(request, "refused", [])
    return found


class MechanismForm(forms.ModelForm):  # type: ignore[type-arg]
    """A draft may lack anything but one title; what a public page needs is the gate's to say."""

    refused: list[DomainError] = []
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)  # the version that stands in the form
    note = forms.CharField(
        label=_("What did you change, and why?"),
        help_text=_("A few words for the history. Needed when you send a page back or take it off the site."),
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        required=False,
    )
    at = forms.SplitDateTimeField(
        label=_("Set time"),
        help_text=_("Only for “Publish at the set time”: day and time, by your own clock."),
        widget=UnfoldAdminSplitDateTimeWidget(),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in {*columns_of(Mechanism), "slug", "order", "reviewed_on", "review_due_on"} & set(self.fields):
            self.fields[name].required = False
        for widget, label in zip(self.fields["at"].widget.widgets, (_("Date"), _("Time")), strict=True):
            widget.attrs["aria-label"] = label
        if self.instance.pk:
            self.fields["seen"].initial = newest_version(self.instance)
        if self.instance.pk and self.instance.publish_at:
            self.fields["at"].initial = self.instance.publish_at

    def clean_slug(self) -> str:
        """Without scripts in the browser the address is made here."""
        given: str = self.cleaned_data["slug"]
        return given or slugify(self.data.get("name_en", ""))[:50]

    def clean_order(self) -> int:
        given: int | None = self.cleaned_data["order"]
        return Mechanism.objects.count() + 1 if given is None else given

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not (data.get("name_en") or data.get("name_zh_hans")):
            self.add_error("name_en", _("Give the page a title in one language at least."))
        if "slug" in self.fields and not data.get("slug") and "slug" not in self.errors:
            self.add_error("slug", _("Write the address with Latin letters."))
        for error in self.refused:
            field = error.field if error.field in self.fields else None
            if field or "." not in (error.field or ""):
                self.add_error(field, str(error.message))
        return data

    def validate_constraints(self) -> None:
        """Leave the dates of a public page to the gate, which names their fields."""


class PartFormSet(PaginationInlineFormSet):  # type: ignore[misc]
    """Claims, caveats and relations. The gate numbers them as readers see them."""

    refused: list[DomainError] = []

    def add_fields(self, form: Any, index: Any) -> None:
        super().add_fields(form, index)
        for name in {*columns_of(self.model), "order", "citations"} & set(form.fields):
            form.fields[name].required = False

    def clean(self) -> None:
        super().clean()
        self._number()
        said = [(error, (error.field or "").split(".")) for error in self.refused]
        for error, where in said:
            if where == [self.prefix]:
                raise forms.ValidationError(str(error.message))
            if len(where) == 3 and where[0] == self.prefix:  # noqa: PLR2004 - claims.2.text_en
                self._in_order()[int(where[1]) - 1].add_error(where[2], str(error.message))

    def _live(self) -> list[Any]:
        gone = self.deleted_forms if self.can_delete else []
        return [form for form in self.forms if form not in gone and (form.instance.pk or form.has_changed())]

    def _in_order(self) -> list[Any]:
        return sorted(self._live(), key=lambda form: (form.instance.order, form.instance.pk or float("inf")))

    def _number(self) -> None:
        """A new row without a number comes last."""
        live = self._live()
        last = max((form.instance.order or 0 for form in live), default=0)
        for form in live:
            if form.instance.order is None:
                last += 1
                form.instance.order = last
