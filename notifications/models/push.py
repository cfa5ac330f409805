"""Where push messages go: a browser, or an app by way of UnifiedPush."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import AccountSession
from core.models import Addressed
from core.visibility import OwnQuerySet


class PushSubscriptionQuerySet(OwnQuerySet["PushSubscription"]):
    def live(self) -> Self:
        """Return those that messages are sent to."""
        return self.filter(ended_at=None)


class PushSubscription(Addressed):
    """An address at a push service, with the keys of RFC 8291 that a message is encrypted for (base64url).

    Whoever knows `endpoint` can reach the device, so it is as secret as a password; `endpoint_hash` finds it again.
    It is reached until the `session` in which it was added is ended. That may be at the very moment in which the row is
    written, so no constraint is on it: what is not there is over. None: it ended by nobody's act, but of old age.
    """

    class Kind(models.TextChoices):
        BROWSER = "browser", _("browser")
        APP = "app", _("app")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.BROWSER)
    device = models.CharField(_("device"), max_length=80, blank=True)
    session = models.ForeignKey(
        AccountSession, models.DO_NOTHING, null=True, db_constraint=False, editable=False, related_name="+"
    )
    endpoint = models.TextField(_("address at the push service"), max_length=1000)
    endpoint_hash = models.CharField(max_length=64, unique=True, editable=False)
    p256dh = models.CharField(_("public key"), max_length=120)
    auth = models.CharField(_("secret of the device"), max_length=40)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = PushSubscriptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("push device")
        verbose_name_plural = _("push devices")
        indexes = [models.Index(fields=["person"], condition=models.Q(ended_at=None), name="push_live_of_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.device}"

    @property
    def is_reached(self) -> bool:
        """Whether messages go to it. `session` is to be read with it."""
        return self.ended_at is None and (self.session_id is None or self.session is not None)
