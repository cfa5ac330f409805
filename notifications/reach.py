"""Where a message goes by each channel, or why it goes nowhere."""

from collections.abc import Collection, Mapping

from allauth.account.models import EmailAddress

from accounts.models import User
from notifications.kinds import Hold
from notifications.models import Delivery
from notifications.push import vapid
from notifications.push.services import NotAllowed, parse_endpoint


def address_of(delivery: Delivery, confirmed: Mapping[int, str]) -> str | Hold:
    """Return the address at the carrier of the channel; the inbox needs none. `confirmed`: see below."""
    match delivery.channel:
        case Delivery.Channel.EMAIL:
            return confirmed.get(delivery.notification.person_id) or Hold("address_unverified")
        case Delivery.Channel.PUSH:
            return _endpoint_of(delivery)
        case _:
            return ""


def confirmed_addresses(people: Collection[User]) -> dict[int, str]:
    """Return person → the address that they use and have confirmed."""
    used = {person.pk: person.email.lower() for person in people}
    rows = EmailAddress.objects.filter(user__in=used, verified=True).order_by("-pk").values_list("user_id", "email")
    return {person: email for person, email in rows if email.lower() == used[person]}


def _endpoint_of(delivery: Delivery) -> str | Hold:
    """A device that changed hands, signed out, or was taken away by its person gets nothing that was on its way."""
    device, person = delivery.subscription, delivery.notification.person
    if not person.is_active:
        return Hold("account_closed")  # what somebody is owed reaches a closed account by mail
    if device is None or not device.is_reached or device.person_id != person.pk:
        return Hold("no_device")
    if not vapid.is_set_up():
        return Hold("push_off")
    try:
        parse_endpoint(device.endpoint)
    except NotAllowed:
        return Hold("service_not_allowed")
    return device.endpoint
