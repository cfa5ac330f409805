"""For a control: a pool that waits twice as long before each try to connect again, for five minutes."""

from mindmove.settings.dev import *  # noqa: F403 - settings
from mindmove.settings.dev import DATABASES

DATABASES["default"]["OPTIONS"]["pool"]["reconnect_timeout"] = 300  # the library's own
