"""What an operator is told at start about push."""

from typing import Any

from django.conf import settings
from django.core import checks

from notifications.push.vapid import read_key


@checks.register("push")
def push_has_a_key(app_configs: Any, **options: Any) -> list[checks.CheckMessage]:
    """A wrong key stops the site; without one it sends no push, and says so."""
    if settings.VAPID_PRIVATE_KEY:
        try:
            read_key(settings.VAPID_PRIVATE_KEY)
        except ValueError as error:
            return [checks.Error(str(error), id="notifications.E001")]
    elif settings.VAPID_KEY_FILE is None:
        hint = "Set VAPID_PRIVATE_KEY to what `manage.py make_vapid_key` prints; see docs/operating.md."
        return [checks.Warning("No message is sent to devices.", hint=hint, id="notifications.W001")]
    return []
