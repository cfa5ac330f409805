"""What groups tell people, each kind decided again when it is about to be sent."""

from groups.notices import answers, buddies, events, feed, hosting, roles, series, ways


def register_kinds() -> None:
    """Make the notices known to the outbox."""
    events.register_kinds()
    feed.register_kinds()
    buddies.register_kinds()
    series.register_kinds()
    answers.register_kinds()
    hosting.register_kinds()
    roles.register_kinds()
    ways.register_kinds()
