"""Which role somebody has in a group."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.models import Role

WHAT_THEY_DO = {
    Role.OWNER: _("Owner: names owners and hosts, and may close the group"),
    Role.HOST: _("Host: plans events and looks after people"),
    Role.MODERATOR: _("Moderator: looks after what is said"),
    Role.MEMBER: _("Member: takes part"),
}


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, roles: Sequence[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role, WHAT_THEY_DO[role]) for role in roles]  # type: ignore[attr-defined]
