from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "library"

    def ready(self) -> None:
        """Register what of the library can be found."""
        from library.search.kinds import register_kinds  # noqa: PLC0415 - models are ready only now

        register_kinds()
