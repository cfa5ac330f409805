from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        """Register the kinds of reminder."""
        from reminders.kinds import register_kinds  # noqa: PLC0415 - models are ready only now

        register_kinds()
