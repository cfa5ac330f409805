"""What comes seldom: a look back on the week, and an invitation after a silence. Any number of planners may run."""

from datetime import datetime
from itertools import chain

from reminders.lookups.come_back import due_invitations
from reminders.lookups.look_back import due_look_backs
from reminders.services.writing import put


def plan_seldom(*, now: datetime) -> int:
    """Put what is due into the outbox; return how many were new."""
    look_backs = (due.message for due in due_look_backs(now=now))
    invitations = (due.message for due in due_invitations(now=now))
    return put(chain(look_backs, invitations), now=now)
