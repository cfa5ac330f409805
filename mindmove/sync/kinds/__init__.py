"""The kinds, one file for each room. Order: what others refer to comes first."""

from mindmove.sync.kind import Kind
from mindmove.sync.kinds.accounts import ME
from mindmove.sync.kinds.groups import EVENT, GROUP, RSVP
from mindmove.sync.kinds.library import EXERCISE_TYPE, MARK, MECHANISM, NEED, SAFETY_TEXT
from mindmove.sync.kinds.notifications import MESSAGE
from mindmove.sync.kinds.plans import ENROLLMENT, LOG, PAUSE, PLAN_TEMPLATE

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        ME, SAFETY_TEXT, MECHANISM, EXERCISE_TYPE, NEED, PLAN_TEMPLATE, ENROLLMENT, PAUSE, GROUP, EVENT, RSVP, LOG,
        MARK, MESSAGE,
    )
}  # fmt: skip
