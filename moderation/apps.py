from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModerationConfig(AppConfig):
    name = "moderation"
    verbose_name = _("Looking after people")

    def ready(self) -> None:
        """Register the kinds of notice, and what becomes of reports."""
        from accounts.endings import on_erasure  # noqa: PLC0415 - models are ready only now
        from moderation.notices import register_kinds  # noqa: PLC0415 - models are ready only now
        from moderation.services.reports import forget_words_of  # noqa: PLC0415 - models are ready only now

        on_erasure(forget_words_of)
        register_kinds()
