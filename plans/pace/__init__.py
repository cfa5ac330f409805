"""What comes next in a plan, worked out anew each time from what was done and said. No database, no clock.

`replay(outline, rules, facts, today)` gives the same position for the same facts, in whatever order
they arrive, so that a phone and the server agree without asking each other (see decision 0013).
"""

from plans.pace.engine import replay
from plans.pace.facts import Done, Fact, Pause, Turn, Way
from plans.pace.outline import Outline, Rules, Step
from plans.pace.position import Code, Gap, Position, Reason

__all__ = [
    "Code",
    "Done",
    "Fact",
    "Gap",
    "Outline",
    "Pause",
    "Position",
    "Reason",
    "Rules",
    "Step",
    "Turn",
    "Way",
    "replay",
]
