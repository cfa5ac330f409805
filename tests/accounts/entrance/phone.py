"""An app on a phone, as the headless API sees it."""

import json
import re
from typing import Any

from django.core import mail
from django.test import Client

BASE = "/_allauth/app/v1"
NEW_PASSWORD = "a-quiet-trail-in-the-morning"
_CODE = re.compile(r"^\s*([A-Z]{4}-[A-Z]{4})\s*$", re.MULTILINE)


def code_in(text: str) -> str:
    """Return the code that a mail holds on a line of its own."""
    found = _CODE.search(text)
    assert found, text
    return found.group(1)


class Phone:
    """Keeps the session token that the server gives."""

    def __init__(self, **headers: str) -> None:
        self.client = Client()
        self.token = ""
        self.headers = headers

    def call(self, method: str, path: str, body: Any = None) -> Any:
        headers = self.headers | ({"X-Session-Token": self.token} if self.token else {})
        answer = self.client.generic(
            method, path, "" if body is None else json.dumps(body), content_type="application/json", headers=headers
        )
        data = answer.json() if answer.content else {}
        self.token = data.get("meta", {}).get("session_token", self.token)
        return answer

    def post(self, path: str, **body: Any) -> Any:
        return self.call("POST", BASE + path, body)

    def me(self) -> Any:
        return self.call("GET", "/api/v1/me/")

    def sign_up(self, email: str, password: str = NEW_PASSWORD) -> Any:
        self.post("/auth/signup", email=email, password=password)
        return self.post("/auth/email/verify", key=code_in(mail.outbox[-1].body))
