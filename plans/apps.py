from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        """Register plans among what can be found."""
        from plans.search import register_kinds  # noqa: PLC0415 - models are ready only now

        register_kinds()
