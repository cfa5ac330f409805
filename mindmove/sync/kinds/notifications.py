"""What I was told in the app. What a message says is made when it is read, from what is true then, so a device
keeps only that there is one: its words are at `/api/v1/me/messages/`.
"""

from datetime import date, time, timedelta

from accounts.models import User
from core import clock
from mindmove.sync.kind import Kind, Rows
from mindmove.sync.shapes.notifications import MessageShape
from mindmove.sync.versions import is_set
from notifications.models import Notification

KEPT = timedelta(days=90)


def _inbox(person: User, today: date) -> Rows:
    since = clock.instant_of(today - KEPT, time.min, "UTC")
    return Notification.objects.visible_to(person).in_inbox().filter(created_at__gte=since)


MESSAGE = Kind("message", Notification, MessageShape, rows=_inbox, made_from={"is_read": is_set("seen_at")})
