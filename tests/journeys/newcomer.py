"""Somebody new, walking through the site by its forms. A visit keeps cookies; mails come by real SMTP."""

import re
from typing import Any

from django.test import Client

from tests.accounts.entrance.phone import NEW_PASSWORD, code_in
from tests.kit.mail_sink import MailSink


class Newcomer:
    """Reads pages and sends forms, and fails loudly on anything but a page or a redirect."""

    def __init__(self, email: str, sink: MailSink) -> None:
        self.email, self.sink, self.client = email, sink, Client()

    def read(self, path: str) -> str:
        """Return the text of a page, following redirects."""
        response = self.client.get(path, follow=True)
        assert response.status_code == 200, (path, response.status_code)
        return " ".join(response.content.decode().split())

    def send(self, path: str, data: dict[str, Any]) -> str:
        """Send a form and return the page that it leads to."""
        response = self.client.post(path, data)
        assert response.status_code == 302, (path, response.status_code, form_errors(response.content.decode()))
        return self.read(response.headers["Location"])

    def sign_up(self, language: str) -> str:
        """Sign up, type the code from the mail, and walk the three welcome steps."""
        prefix = "" if language == "en" else f"/{language}"
        self.send(f"{prefix}/account/signup/", {"email": self.email, "password1": NEW_PASSWORD})
        self.send(f"{prefix}/account/confirm-email/", {"code": code_in(self.mails()[0].text)})
        self.send(f"{prefix}/me/welcome/language/", {"language": language})
        self.send(f"{prefix}/me/welcome/place/", {"time_zone": "Asia/Shanghai"})
        return self.send(f"{prefix}/me/welcome/name/", {"display_name": "小禾"})

    def mails(self) -> list[Any]:
        return self.sink.to(self.email)


def form_errors(page: str) -> list[str]:
    """Return what a page says beside its fields, for the message of a red test."""
    return re.findall(r'class="[^"]*error[^"]*"[^>]*>(.*?)</', page, re.DOTALL)
