"""The devices that a person gets push messages on."""

import base64
import hashlib
from collections.abc import Collection
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.services.profile import lock_person
from core.errors import DomainError, InvalidInput
from notifications.models import PushSubscription
from notifications.models.push import PushSubscriptionQuerySet
from notifications.push import vapid
from notifications.push.services import NotAllowed, parse_endpoint

MOST = 10
AUTH_BYTES = 16
NOTHING_LEFT = {"endpoint": "", "p256dh": "", "auth": ""}


def register_device(
    *,
    person: User,
    endpoint: str,
    p256dh: str,
    auth: str,
    now: datetime,
    session: SessionBase | None = None,
    device: str = "",
    kind: str = PushSubscription.Kind.BROWSER,
) -> PushSubscription:
    """Send the person's messages to this device too, until its session is ended; saying it again is once.

    A device that changed hands, still known as somebody else's, is theirs from now on.
    """
    if not vapid.is_set_up():
        raise DomainError("push_off", _("This site sends no messages to devices yet."))
    _check(endpoint, p256dh, auth)
    key = _hash_of(endpoint)
    with transaction.atomic():
        lock_person(person)  # so that ten stay ten
        if PushSubscription.objects.filter(person=person).live().exclude(endpoint_hash=key).count() >= MOST:
            raise DomainError("too_many_devices", _("Ten devices are the most. Please remove one first."))
        _take_from_others(key, person)
        row = PushSubscription(
            person=person, kind=kind, device=device[:80], endpoint=endpoint, endpoint_hash=key,
            p256dh=p256dh.rstrip("="), auth=auth.rstrip("="), created_at=now,
            session_id=session.session_key if session is not None else None,
        )  # fmt: skip
        made = _written(row)
        if made.person_id != person.pk:  # somebody else added it at this moment; we hold it by now
            _take_from_others(key, person)
            made = _written(row)
        return made


def end_device(*, device: PushSubscription, now: datetime) -> None:
    """Send nothing to this device any more, and forget where it is."""
    _end(PushSubscription.objects.filter(pk=device.pk), now)


def end_other_devices(person: User, kept: SessionBase | None, now: datetime) -> None:
    """The person has a new password: messages go to where it was changed, and nowhere else."""
    own = PushSubscription.objects.filter(person=person)
    _end(own.exclude(session=kept.session_key) if kept is not None and kept.session_key else own, now)


def end_devices_of_sessions(keys: Collection[str], now: datetime) -> None:
    """Sessions are over: their browsers and apps get no messages any more."""
    if keys:
        _end(PushSubscription.objects.filter(session__in=keys), now)


def keep_devices_of_sessions(old: Collection[str], new: str | None) -> None:
    """A session goes on under another key, or some are forgotten of old age (None): messages go on.

    Whoever was not here for long is who they may be for most.
    """
    if old:
        PushSubscription.objects.filter(session__in=old).update(session=new)


def forget(device: PushSubscription | None, *, now: datetime) -> None:
    """The push service says that the device is no more."""
    if device is not None:
        end_device(device=device, now=now)


def note_use(device: PushSubscription | None, *, now: datetime) -> None:
    if device is not None:
        PushSubscription.objects.filter(pk=device.pk).update(last_used_at=now)


def _take_from_others(key: str, person: User) -> None:
    """Make room for a row anew, so that nothing on its way to whoever had the device follows it."""
    PushSubscription.objects.filter(endpoint_hash=key).exclude(person=person).delete()


def _written(row: PushSubscription) -> PushSubscription:
    """Write the row, or what it says into the one that there is; return that."""
    row.pk = None
    said = ["kind", "endpoint", "p256dh", "auth", "ended_at", "session"]
    if row.device:  # what is left out stays as it was
        said.append("device")
    PushSubscription.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["endpoint_hash"], update_fields=said
    )
    return PushSubscription.objects.get(endpoint_hash=row.endpoint_hash)


def _end(devices: PushSubscriptionQuerySet, now: datetime) -> None:
    devices.live().update(ended_at=now, **NOTHING_LEFT)


def _hash_of(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _bytes_of(text: str) -> bytes:
    return base64.b64decode(text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4), altchars=b"-_", validate=True)


def _check(endpoint: str, p256dh: str, auth: str) -> None:
    try:
        parse_endpoint(endpoint)
    except NotAllowed as error:
        words = _("Messages cannot be sent to this push service.")
        raise InvalidInput("push_service_not_allowed", words, field="endpoint") from error
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes_of(p256dh))
    except (ValueError, TypeError) as error:
        raise InvalidInput("invalid_key", _("This is not the key of a device."), field="p256dh") from error
    try:
        is_secret = len(_bytes_of(auth)) == AUTH_BYTES
    except ValueError:
        is_secret = False
    if not is_secret:
        raise InvalidInput("invalid_key", _("This is not the key of a device."), field="auth")
