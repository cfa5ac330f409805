"""One of every credential of a person, each asked at its real door whether it still opens."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.services.people import confirm_address
from accounts.services.tokens import create_token
from groups.calendars import address_of
from groups.models import Group
from groups.services.calendar_feeds import make_feed
from groups.services.invitations import invite
from notifications.models import Delivery, Notification, PushSubscription
from notifications.reach import address_of as reach_of
from notifications.tokens import hash_of
from tests.accounts.entrance.phone import NEW_PASSWORD, Phone, code_in
from tests.kit.cast import PASSWORD
from tests.kit.push_device import Device
from tests.kit.told import only_by

ME = "/api/v1/me/"
type Asks = Callable[[], bool]


class Keyring:
    """Made for a person who hosts `group`. `opens()` asks every door; the two that would change something, last."""

    def __init__(self, person: User, group: Group, now: datetime) -> None:
        self.person, self.now = person, now
        confirm_address(person=person)
        self.here, self.there, self.phone = self._browser(), self._browser(), Phone()
        assert self.phone.post("/auth/login", email=person.email, password=PASSWORD).status_code == 200
        said = {"person": person, "name": "Watch", "kind": "app", "now": now}
        self.tokens = {scope: create_token(scope=scope, **said) for scope in ("read", "write")}
        self.feed = address_of(make_feed(person=person, now=now)).partition("//")[2].partition("/")[2]
        self.pushes = [self._push(browser, n) for n, browser in enumerate((self.here, self.there))]
        self.pushes.append(self._push_to_app())
        self.invitation = invite(group=group, host=person, now=now)[1]
        self.stop = f"stop-{person.pk}"
        note = Notification.objects.create(person=person, kind="session_cue", dedupe_key=self.stop, due_at=now)
        only_by(note, "email", unsubscribe_hash=hash_of(self.stop))
        self._keep_a_reply()
        self._begin_what_is_finished_later()

    def opens(self) -> dict[str, bool]:
        """Return credential → whether its door still opens; in the words of the table in `docs/api.md`."""
        asked: dict[str, Asks] = {
            "this browser": lambda: self.here.get(reverse("accounts:blocks")).status_code == 200,
            "another browser": lambda: self.there.get(reverse("accounts:blocks")).status_code == 200,
            "an app's session": lambda: self.phone.me().status_code == 200,
            "a token that reads": lambda: self._by_token("read", "GET").status_code == 200,
            "a token that writes": lambda: self._by_token("write", "PATCH").status_code == 200,
            "the calendar's address": lambda: Client().get(f"/{self.feed}").status_code == 200,
            "messages on this browser": lambda: self._is_reached(self.pushes[0]),
            "messages on another browser": lambda: self._is_reached(self.pushes[1]),
            "messages to an app": lambda: self._is_reached(self.pushes[2]),
            "a reply kept for an app": lambda: "Idempotent-Replayed" in self._keep_a_reply(),
            "an invitation into a group": lambda: (
                Client().get(reverse("groups:invitation", args=[self.invitation])).status_code == 200
            ),
            "the link that stops mails": lambda: Client().get(f"/messages/stop/{self.stop}/").status_code == 200,
            "half a sign-in": self._finishes_signing_in,
            "a code to reset the password": self._resets,
        }
        return {name: asks() for name, asks in asked.items()}

    def _browser(self) -> Client:
        client = Client()
        signed = client.post(reverse("account_login"), {"login": self.person.email, "password": PASSWORD})
        assert signed.status_code == 302
        return client

    def _by_token(self, scope: str, method: str) -> HttpResponse:
        headers = {"Authorization": f"Bearer {self.tokens[scope][1]}"}
        return Client().generic(method, ME, "{}", content_type="application/json", headers=headers)

    def _push(self, browser: Client, n: int) -> PushSubscription:
        endpoint = f"https://fcm.googleapis.com/fcm/send/{self.person.pk}-{n}"
        browser.post("/messages/devices/", {**Device(endpoint).said})
        return PushSubscription.objects.get(endpoint=endpoint)

    def _push_to_app(self) -> PushSubscription:
        device = Device(f"https://fcm.googleapis.com/fcm/send/{self.person.pk}-app")
        keys = {"p256dh": device.p256dh, "auth": device.auth}
        made = self.phone.call("POST", f"{ME}devices/", {"endpoint": device.endpoint, "keys": keys})
        return PushSubscription.objects.get(uuid=made.json()["uuid"])

    def _is_reached(self, device: PushSubscription) -> bool:
        device = PushSubscription.objects.select_related("session").filter(pk=device.pk).first()  # type: ignore[assignment]
        person = User.objects.filter(pk=self.person.pk).first()
        if person is None:
            return device is not None
        note = Notification(person=person, kind="session_cue")
        return isinstance(reach_of(Delivery(notification=note, channel="push", subscription=device), {}), str)

    def _keep_a_reply(self) -> Any:
        headers, self.phone.headers = self.phone.headers, {"Idempotency-Key": "one"}
        answer = self.phone.call("PATCH", ME, {"first_weekday": 6})
        self.phone.headers = headers
        return answer

    def _begin_what_is_finished_later(self) -> None:
        """Half a sign-in waits for the code of an unconfirmed address, as it would for a second factor."""
        self.resetting, self.halfway = Client(), Client()
        cache.clear()
        self.resetting.post(reverse("account_reset_password"), {"email": self.person.email})
        self.reset_code = code_in(mail.outbox[-1].body)
        EmailAddress.objects.filter(user=self.person).update(verified=False)
        self.halfway.post(reverse("account_login"), {"login": self.person.email, "password": PASSWORD})
        self.sign_in_code = code_in(mail.outbox[-1].body)
        assert self.reset_code != self.sign_in_code

    def _finishes_signing_in(self) -> bool:
        cache.clear()
        self.halfway.post(reverse("account_email_verification_sent"), {"code": self.sign_in_code})
        return self.halfway.get(reverse("accounts:blocks")).status_code == 200

    def _resets(self) -> bool:
        said = {"password1": NEW_PASSWORD + "!", "password2": NEW_PASSWORD + "!"}
        self.resetting.post(reverse("account_confirm_password_reset_code"), {"code": self.reset_code})
        self.resetting.post(reverse("account_complete_password_reset"), said)
        person = User.objects.filter(pk=self.person.pk).first()
        return person is not None and person.check_password(NEW_PASSWORD + "!")
