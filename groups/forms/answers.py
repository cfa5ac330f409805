"""Answering an event."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from groups.models import Event, Rsvp
from groups.wording import who_looks_out


class AnswerForm(forms.Form):
    """What somebody says to `event` (as the viewer sees it); `mine` is the answer that stands."""

    answer = forms.ChoiceField(choices=[("going", _("Going")), ("maybe", _("Maybe")), ("declined", _("Can't come"))])
    guests = forms.TypedChoiceField(label=_("Guests"), coerce=int, empty_value=None, required=False)
    is_quiet = forms.BooleanField(
        label=_("Quietly"), help_text=_("Hosts see your answer, nobody else."), required=False
    )
    is_first_time = forms.BooleanField(label=_("My first time"), required=False)
    joins = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, event: Event, mine: Rsvp | None) -> None:
        said = {} if mine is None else {name: getattr(mine, name) for name in ("guests", "is_quiet", "is_first_time")}
        super().__init__(data, initial=said)
        self.fields["is_first_time"].help_text = who_looks_out(event)
        self._offer_guests(event, mine.guests if mine is not None else 0)

    def said(self) -> dict[str, Any]:
        """Return the answer as services take it; what was not asked stays as it was."""
        return {name: value for name, value in self.cleaned_data.items() if name != "joins"}

    def _offer_guests(self, event: Event, brought: int) -> None:
        """Ask for guests where some are allowed, or were when the answer was given."""
        most = max(event.guests_allowed, brought)
        if most == 0:
            del self.fields["guests"]
            return
        numbers = [(n, ngettext("%(n)s guest", "%(n)s guests", n) % {"n": n}) for n in range(1, most + 1)]
        guests: Any = self.fields["guests"]
        guests.choices = [(0, _("I come alone")), *numbers]
        if event.capacity is not None:
            guests.help_text = _("Each takes a seat of their own.")


class LinkAnswerForm(AnswerForm):
    """Beneath a link in a mail: the answer and the guests. How one answers, quietly or not, stays as it was."""

    def __init__(self, data: Any = None, *, event: Event, mine: Rsvp | None) -> None:
        super().__init__(data, event=event, mine=mine)
        for name in ("is_quiet", "is_first_time", "joins"):
            del self.fields[name]
