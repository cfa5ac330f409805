"""Asking for company, and for somebody who notices."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from groups.models import BuddyWord, Noticer
from groups.services.noticers import FEWEST_DAYS, MOST_DAYS


class _PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the people who are offered, by address."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            User.objects.none(), label=label, to_field_name="uuid", widget=forms.RadioSelect, empty_label=None
        )


class AskForm(forms.Form):
    person = _PersonField(_("Whom would you like to ask?"))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]


class WordForm(forms.Form):
    word = forms.ChoiceField(choices=BuddyWord.Word.choices)


class NoticerForm(forms.ModelForm):  # type: ignore[type-arg]
    friend = _PersonField(_("Who would say hello to you?"))
    after_days = forms.IntegerField(
        label=_("After how many quiet days?"),
        min_value=FEWEST_DAYS,
        max_value=MOST_DAYS,
        help_text=_("Quiet: nothing noted, no answer to an event, no turn-out, no word to a buddy."),
    )

    class Meta:
        model = Noticer
        fields = ["friend", "after_days", "words"]
        widgets = {"words": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "words": _("They reach your friend then, and not before. For example: Ask me out for tea. I like that.")
        }

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["friend"].queryset = people  # type: ignore[attr-defined]
