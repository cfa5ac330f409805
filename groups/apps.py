from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "groups"

    def ready(self) -> None:
        """Register notices, what can be reported, that groups share plans, and what ends with a membership."""
        from accounts.endings import on_erasure, on_leaving, on_new_password  # noqa: PLC0415 - models are ready only now
        from accounts.services.once import on_replay  # noqa: PLC0415 - models are ready only now
        from groups.leaving import has_left_since  # noqa: PLC0415 - models are ready only now
        from groups.notices import register_kinds  # noqa: PLC0415 - models are ready only now
        from groups.parting import has_parted_since  # noqa: PLC0415 - models are ready only now
        from groups.reporting import register_subjects  # noqa: PLC0415 - models are ready only now
        from groups.services.calendar_feeds import stop_feed_of  # noqa: PLC0415 - models are ready only now
        from groups.services.going import leave_everything, make_room  # noqa: PLC0415 - models are ready only now
        from groups.sharing import register_source  # noqa: PLC0415 - models are ready only now

        on_new_password(stop_feed_of)
        on_leaving(make_room)
        on_erasure(leave_everything)
        on_replay(has_left_since)
        on_replay(has_parted_since)
        register_kinds()
        register_subjects()
        register_source()
