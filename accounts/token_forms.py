"""What is asked of somebody who makes a token."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import AccessToken
from accounts.services.tokens import DAYS, MOST_DAYS


class TokenForm(forms.ModelForm):  # type: ignore[type-arg]
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=MOST_DAYS, initial=DAYS)

    class Meta:
        model = AccessToken
        fields = ["name", "kind", "scope"]
        widgets = {"kind": forms.RadioSelect, "scope": forms.RadioSelect}
        help_texts = {"name": _("What you know it by, such as the device it goes to.")}
