from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        """Register the kinds of notice, and that groups share plans."""
        from groups.notices import register_kinds  # noqa: PLC0415 - models are ready only now
        from groups.sharing import register_source  # noqa: PLC0415 - models are ready only now

        register_kinds()
        register_source()
