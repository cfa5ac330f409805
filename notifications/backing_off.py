"""How often an invitation comes to somebody who lets it pass. Pure arithmetic: no rows, no clock.

The first four come as ever. Let pass, of the next one in two is sent, then one in four, then one in eight, and no
rarer. Any sign of life begins anew (`notifications.signs`). What a person chose themselves is the least there is.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

PATIENCE = 4  # so many sent and let pass, before each step
RAREST = 8
ASK_AFTER = 6  # so many sent and let pass: would fewer be better?
ASK_AGAIN = timedelta(days=90)
EVERY = [1, 2, 4, 8]


@dataclass(frozen=True)
class Standing:
    """What is known of one kind and one person when the next comes due.

    `passed`: days on which one was sent, with no sign of life since. `held`: held back since one was sent.
    `every`: of so many the person wants one. `is_kept`: they lately said that they want every one.
    """

    passed: int
    held: int
    every: int = 1
    is_kept: bool = False

    @property
    def interval(self) -> int:
        """Of how many one is sent now."""
        if self.is_kept:
            return 1
        return max(self.every, min(1 << min(self.passed // PATIENCE, RAREST), RAREST))

    @property
    def is_sent(self) -> bool:
        return self.held >= self.interval - 1


def may_ask(*, passed: int, asked_at: datetime | None, answered_at: datetime | None, due_at: datetime) -> bool:
    """Whether the message that came due at `due_at` asks "fewer?"; tried again, it asks again."""
    if passed < ASK_AFTER:
        return False
    is_answered = answered_at is not None and answered_at > due_at - ASK_AGAIN
    is_asked = asked_at is not None and due_at - ASK_AGAIN < asked_at < due_at
    return not is_answered and not is_asked
