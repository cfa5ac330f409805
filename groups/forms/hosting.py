"""What hosts say of those who come, and to them."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import HostMessage


class AttendanceForm(forms.Form):
    """Who is ticked now, and who was ticked when the page was made: only the difference is said."""

    came = forms.MultipleChoiceField(required=False)
    before = forms.MultipleChoiceField(required=False)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(person.uuid): person for person in people}
        for name in ("came", "before"):
            self.fields[name].choices = [(uuid, uuid) for uuid in self.people]  # type: ignore[attr-defined]

    def said(self) -> dict[str, list[User]]:
        came, before = set(self.cleaned_data["came"]), set(self.cleaned_data["before"])
        return {
            "came": [self.people[uuid] for uuid in sorted(came - before)],
            "taken_back": [self.people[uuid] for uuid in sorted(before - came)],
        }


class HostMessageForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = HostMessage
        fields = ["text", "is_for_line"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"text": _("It comes as an e-mail from the hosts, and stands on the event's page.")}


class ExportForm(forms.Form):
    names = forms.BooleanField(
        label=_("Whole names"), help_text=_("Without it the list has first names only."), required=False
    )

    def wants_names(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["names"])
