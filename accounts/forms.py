"""What a person may tell about themselves. Forms clean; services save."""

from typing import Any

from django import forms
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts import zones
from accounts.models import User
from accounts.names import clean_display_name
from core.errors import InvalidInput

LANGUAGES = [("en", "English"), ("zh-hans", "中文")]


class NameField(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Your name"))
        kwargs.setdefault("help_text", _("What others in your groups call you. A first name or a nickname is fine."))
        attrs = {"autocomplete": "nickname", "maxlength": 60}
        super().__init__(strip=False, widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        try:
            return clean_display_name(text)
        except InvalidInput as error:
            raise forms.ValidationError(str(error.message), code=error.code) from error


class ZoneField(forms.ChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Time zone"))
        kwargs.setdefault("help_text", _("Your days and reminders follow the clock of this place."))
        super().__init__(choices=_zone_choices, **kwargs)

    def valid_value(self, value: Any) -> bool:
        return value in zones.choosable()


def _zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    return zones.choices(translation.get_language() or "en")


class LanguageForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect)


class PlaceForm(forms.Form):
    """A script on the page (static/js/time-zone.js) may fill in the browser's own zone."""

    time_zone = ZoneField(widget=forms.Select(attrs={"data-detect-time-zone": ""}))


class NameForm(forms.Form):
    display_name = NameField()


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """All settings of A3 at once."""

    display_name = NameField()
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    time_zone = ZoneField()

    class Meta:
        model = User
        fields = [
            "display_name",
            "language",
            "time_zone",
            "first_weekday",
            "quiet_from",
            "quiet_until",
            "weekly_target_minutes",
            "hides_numbers",
            "weekly_message_budget",
            "messages_paused_until",
        ]
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "messages_paused_until": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "weekly_target_minutes": _("Moderate minutes a week, or half as many vigorous ones. Yours to choose."),
            "hides_numbers": _("Your weeks, days and findings then speak in words and pictures."),
            "weekly_message_budget": _("What goes beyond it stays in your receipts and is not sent."),
            "messages_paused_until": _("Until then only what cannot wait reaches you. Leave it empty for no pause."),
        }
