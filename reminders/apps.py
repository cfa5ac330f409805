from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "reminders"

    def ready(self) -> None:
        """Register the kinds of reminder, and what shows that somebody is there."""
        from notifications import signs  # noqa: PLC0415 - models are ready only now
        from reminders.kinds import register_kinds  # noqa: PLC0415
        from reminders.signs import last_signs  # noqa: PLC0415

        register_kinds()
        signs.register(last_signs)
