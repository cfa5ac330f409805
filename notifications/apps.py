from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        """Register the checks, what ends with credentials, and the mail to who is leaving."""
        from accounts.endings import (  # noqa: PLC0415 - models are ready only now
            on_leaving,
            on_new_key,
            on_new_password,
            on_session_end,
        )
        from notifications import checks  # noqa: F401, PLC0415 - registers them
        from notifications.farewell import register_kinds, tell_leaving  # noqa: PLC0415 - models are ready only now
        from notifications.services.devices import (  # noqa: PLC0415 - models are ready only now
            end_devices_of_sessions,
            end_other_devices,
            keep_devices_of_sessions,
        )

        on_new_password(end_other_devices)
        on_session_end(end_devices_of_sessions)
        on_new_key(keep_devices_of_sessions)
        on_leaving(tell_leaving)
        register_kinds()
