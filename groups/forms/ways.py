"""Asking to join, and inviting."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from groups.models import Invitation, JoinRequest
from groups.services.invitations import DAYS, MOST_DAYS, MOST_USES


class AskToJoinForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = JoinRequest
        fields = ["words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"words": _("For example what you like about it. Only the hosts read it. Nothing is fine too.")}


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]
    most_uses = forms.IntegerField(
        label=_("How many may use it"),
        min_value=1,
        max_value=MOST_USES,
        initial=1,
        required=False,
        help_text=_("Empty: as many as come."),
    )
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=MOST_DAYS, initial=DAYS)

    class Meta:
        model = Invitation
        fields = ["note"]
        labels = {"note": pgettext_lazy("an invitation", "For whom")}
        help_texts = {
            "note": _("For you and the other hosts, to know it again. Whoever gets the link does not see it.")
        }
