from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Looking after people")

    def ready(self) -> None:
        """Register the kinds of notice."""
        from moderation.notices import register_kinds  # noqa: PLC0415 - models are ready only now

        register_kinds()
