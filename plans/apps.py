from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self) -> None:
        """Register what can be found, the check of the operator's questionnaires, and who follows a zone."""
        from accounts.endings import on_erasure  # noqa: PLC0415 - models are ready only now
        from accounts.zone_changes import on_zone_change  # noqa: PLC0415 - models are ready only now
        from plans import checks  # noqa: F401, PLC0415 - registers itself
        from plans.search import register_kinds  # noqa: PLC0415
        from plans.services.looks import look_anew_for  # noqa: PLC0415
        from plans.services.own import remove_plans_of  # noqa: PLC0415

        register_kinds()
        on_erasure(remove_plans_of)
        on_zone_change(look_anew_for)
