"""Knocking at every door as every kind of person."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from accounts.models import User
from mindmove.openapi import kept_document
from tests.access.bodies import body_of
from tests.access.doors import Door
from tests.kit.parts import Secret
from tests.kit.world import World

KINDS = [
    "anonymous", "stranger", "applicant", "member", "blocked", "host", "owner", "banned", "staff", "editor",
    "superuser",
]  # fmt: skip

OFFERS = re.compile(r'<form method="post" action="(/(?:groups|plans|messages)/[^"]+)"')


@dataclass(frozen=True, eq=False)
class Visitors:
    """The world of the tests, and its people signed in."""

    world: World

    @cached_property
    def sessions(self) -> dict[str, str]:
        """Return kind of person → session key; signing in once saves most of the time."""
        return {kind: self._sign_in(kind) for kind in KINDS if kind != "anonymous"}

    def _sign_in(self, kind: str) -> str:
        return self.session_of(self.world.cast.people[kind])

    @staticmethod
    def session_of(person: User) -> str:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    @cached_property
    def _window(self) -> Client:
        """Return what all knock with in turn: starting the middleware anew takes as long as many an answer."""
        return Client(raise_request_exception=False)

    def knock(self, door: Door, method: str, kind: str, *, tag: str = "*") -> HttpResponse:
        """Return what the person is answered; nothing of it lasts."""
        return self.send(door, method, kind, body_of(door.route, method, kind, self.world), tag=tag)

    def tag(self, door: Door, kind: str) -> str:
        """Return the tag of what stands at the address, as the person reads it; any, where nothing does."""
        return self.send(door, "GET", kind, {}).headers.get("ETag", "*")

    def send(self, door: Door, method: str, kind: str, body: dict[str, object], *, tag: str = "*") -> HttpResponse:
        """Return what the person is answered who sends this; nothing of it lasts.

        With `tag` "*" whatever stands there is changed, so that the answer tells of permission and not of versions.
        """
        client = self._window
        client.cookies = SimpleCookie()
        headers = {}
        if kind != "anonymous":
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[kind]
            if door.path.startswith("/_allauth/"):
                headers["X-Session-Token"] = self.sessions[kind]
        with _undone():
            answer = client.generic(method, door.path, **_sent(door, body, tag), headers=headers)  # type: ignore[arg-type]
        require_listed(answer)
        return answer

    @cached_property
    def _secrets(self) -> list[Secret]:
        return self.world.secrets()

    def leaks(self, door: Door, kind: str, response: HttpResponse) -> set[str]:
        """Return the secrets that the answer tells to somebody who may not read them."""
        if response.streaming:
            return set()
        text = response.content.decode(errors="replace")
        secrets = [s for s in self._secrets if kind not in s.readers and re.search(s.where, door.path)]
        return {secret.word for secret in secrets if secret.word in text}


def require_listed(answer: HttpResponse) -> None:
    """Fail on a problem whose code is none of those that the API document lists; an answer to HEAD tells none."""
    if answer.headers.get("Content-Type") == "application/problem+json" and answer.content:
        said = json.loads(answer.content)
        listed = {(row["code"], row["status"]) for row in kept_document()["x-problem-codes"]}
        assert (said["code"], said["status"]) in listed, said


def in_a_word(response: HttpResponse) -> str:
    """Return the status, with what a page offers (`200 join`).

    For a redirect to sign-in the word `login`, and with a `!` a redirect that says no.
    """
    if response.status_code != 302:
        offers = sorted({path.split("/")[-2] for path in OFFERS.findall(response.content.decode(errors="replace"))})
        return " ".join([str(response.status_code), *offers])
    if "login" in response.headers["Location"]:
        return "login"
    said = getattr(response.wsgi_request, "_messages", [])
    return "302!" if any(message.level >= messages.WARNING for message in said) else "302"


def _sent(door: Door, body: dict[str, object], tag: str = "*") -> dict[str, str | bytes]:
    if "file" in body:
        return {"data": encode_multipart(BOUNDARY, body), "content_type": MULTIPART_CONTENT}
    if door.path.startswith(("/api/", "/_allauth/")):
        return {"data": json.dumps(body), "content_type": "application/json", "HTTP_IF_MATCH": tag}
    return {"data": urlencode(body, doseq=True), "content_type": "application/x-www-form-urlencoded"}


@contextmanager
def _undone() -> Iterator[None]:
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
