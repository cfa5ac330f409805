"""The reminders, each decided from what is true when it is about to be sent."""

from reminders.kinds import come_back, cues, events, look_back, silence


def register_kinds() -> None:
    """Make the reminders known to the outbox."""
    cues.register_kinds()
    events.register_kinds()
    look_back.register_kinds()
    come_back.register_kinds()
    silence.register_kinds()
