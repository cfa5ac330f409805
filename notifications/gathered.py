"""What the decisions about many messages need, read for all of them at once: one query for each question.

It is used for a second at most (`notifications.services.rounds`), so that what is decided is decided from what is so.
"""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime

from notifications import kinds
from notifications.backing_off import Standing
from notifications.kinds import Prepare
from notifications.models import Delivery, Notification, Preference
from notifications.reach import confirmed_addresses
from notifications.signs import standings_of


@dataclass(frozen=True)
class Gathered:
    """`prepare` is by kind, `standings` (of nudges) by notification, the others by person.

    `refused` are kinds that a person does not want by this channel, `weighing` the notifications that fill a budget.
    """

    prepare: Mapping[str, Prepare]
    refused: Set[tuple[int, str]]
    addresses: Mapping[int, str]
    standings: Mapping[int, tuple[Standing, bool]]
    weighing: Mapping[int, Set[int]]

    def standing_of(self, notification: Notification) -> tuple[Standing | None, bool]:
        """Return how an invitation stands with its person, and whether it asks "fewer?"; nothing of other kinds."""
        return self.standings.get(notification.pk, (None, False))

    def fills_budget(self, notification: Notification) -> bool:
        """Whether other messages than this one fill the weekly budget of its person."""
        others = self.weighing.get(notification.person_id, set()) - {notification.pk}
        return len(others) >= notification.person.weekly_message_budget


def gather(deliveries: Collection[Delivery], *, channel: str, now: datetime) -> Gathered:
    """Read what is to be decided of; notifications and people of the deliveries, all of one channel, are loaded."""
    notifications = [delivery.notification for delivery in deliveries]
    people = {notification.person_id: notification.person for notification in notifications}
    nudges = [each for each in notifications if (kind := kinds.find(each.kind)) is not None and kind.is_nudge]
    refused = Preference.objects.refused().filter(person__in=people, channel=channel)
    rings = channel != Delivery.Channel.INBOX
    return Gathered(
        prepare=kinds.preparing(notifications, now),
        refused=set(refused.values_list("person_id", "kind")),
        addresses=confirmed_addresses(people.values()) if channel == Delivery.Channel.EMAIL else {},
        standings=standings_of(nudges, now),
        weighing=Delivery.objects.weighing(people, now) if rings else {},
    )
