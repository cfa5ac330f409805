from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        """Register plans among what can be found, and the check of the operator's questionnaires."""
        from plans import checks  # noqa: F401, PLC0415 - registers itself
        from plans.search import register_kinds  # noqa: PLC0415 - models are ready only now

        register_kinds()
