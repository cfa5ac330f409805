"""What somebody writes in a group, and the pictures that come with it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from groups.services.pictures import Sent
from groups.uploads import MOST_PICTURES

WORDS, ALT = 5000, 200
ACCEPTED = "image/jpeg,image/png,image/webp"


class PictureField(forms.FileField):
    """A file. Whether it is a picture, the service says."""

    widget = forms.FileInput(attrs={"accept": ACCEPTED})


class WordsForm(forms.Form):
    text = forms.CharField(
        label=_("Your words"),
        max_length=WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("A word or two, please.")},
    )


class PostForm(WordsForm):
    """A post; `may_announce`: whether it can be an announcement."""

    def __init__(self, *args: Any, may_announce: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Say something to the group")
        for number in range(1, MOST_PICTURES + 1):
            words = {"number": number}
            self.fields[f"picture_{number}"] = PictureField(
                label=_("Picture %(number)s") % words, required=False, allow_empty_file=True
            )
            self.fields[f"alt_{number}"] = forms.CharField(
                label=_("What picture %(number)s shows") % words, max_length=ALT, required=False
            )
        if may_announce:
            self.fields["is_announcement"] = forms.BooleanField(
                label=_("As an announcement"), help_text=_("Every member is told once."), required=False
            )

    @property
    def picture_fields(self) -> list[forms.BoundField]:
        """The fields of the pictures, each followed by what it shows."""
        return [self[f"{name}_{number}"] for number in range(1, MOST_PICTURES + 1) for name in ("picture", "alt")]

    @property
    def has_refused_picture(self) -> bool:
        return any(field.errors for field in self.picture_fields)

    def said(self) -> dict[str, Any]:
        """Return what the service wants. An empty file is a picture too, and is refused as one."""
        given, numbers = self.cleaned_data, range(1, MOST_PICTURES + 1)
        sent = [
            Sent.of(given[f"picture_{number}"], given[f"alt_{number}"], f"picture_{number}")
            for number in numbers
            if given[f"picture_{number}"] is not None
        ]
        return {"text": given["text"], "pictures": sent, "is_announcement": given.get("is_announcement", False)}


class GroupPictureForm(forms.Form):
    picture = PictureField(
        label=_("Picture"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG or WebP, up to 10 MB. Where and with what it was taken is not kept."),
        error_messages={"required": _("Choose a picture first.")},
    )
    alt = forms.CharField(
        label=_("What it shows"), max_length=ALT, required=False, help_text=_("For those who cannot see it.")
    )
