from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "library"
    verbose_name = _("Library")

    def ready(self) -> None:
        """Register what of the library can be found."""
        from library.search.kinds import register_kinds  # noqa: PLC0415 - models are ready only now

        register_kinds()
