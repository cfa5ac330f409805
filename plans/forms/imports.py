"""What people give to bring in an activity."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from library.forms import DoseForm
from plans.imports.summary import MAX_BYTES
from plans.imports.words import REFUSALS


class ImportForm(forms.Form):
    """A file, and an age for those who want their effort read from the heart rate.

    `has_zones`: whether the sources of heart-rate zones have been checked; until then nobody is asked for an age.
    """

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,  # refused with our own words
        help_text=_("GPX, TCX or FIT, up to 10 MB. Watches and phone apps call it export."),
        error_messages={"required": _("Choose a file first.")},
        widget=forms.FileInput(attrs={"accept": ".gpx,.tcx,.fit"}),
    )
    age = forms.IntegerField(
        label=_("Age"),
        required=False,
        min_value=DoseForm.LEAST_AGE,
        max_value=DoseForm.MOST_AGE,
        error_messages={"min_value": _("This was written with adults in mind. Under 18 the guideline is another one.")},
        help_text=_("Only to tell your effort from the heart rate in the file. Neither is kept."),
    )

    def __init__(self, *args: Any, has_zones: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_zones:
            del self.fields["age"]

    def clean_file(self) -> bytes:
        """Return what is in the file."""
        upload: UploadedFile[Any] = self.cleaned_data["file"]
        if (upload.size or 0) > MAX_BYTES:
            raise forms.ValidationError(REFUSALS["large"], code="large")
        data: bytes = upload.read()
        return data
