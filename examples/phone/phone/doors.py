"""Signing up, in and out. These doors (`/_allauth/app/v1/`) are no part of the document, so they are asked by hand.

Each answers with a session token, sooner or later: the app keeps it where its system keeps secrets.
"""

from collections.abc import Callable
from typing import Any

import httpx

DOORS = "/_allauth/app/v1"
UNAUTHORIZED, OVER = 401, 410
OUT = {UNAUTHORIZED, OVER}  # what signing out is answered: it was done, or the session was over before


class Refused(Exception):
    """The door stays closed; `says` are the sentences of the answer."""

    def __init__(self, status: int, says: list[str]) -> None:
        super().__init__(f"{status}: {' '.join(says)}")
        self.status, self.says = status, says


class Doors:
    """`token` is empty until somebody is signed in, and after they signed out.

    `person` is the UUID of who came in last.
    """

    def __init__(self, http: httpx.Client, token: str = "") -> None:
        self.http, self.token, self.person = http, token, ""

    def sign_up(self, email: str, password: str) -> None:
        """Ask for an account. A mail brings the code for `verify`; whoever has one already is told so in theirs."""
        self.token = ""
        self._ask("POST", "/auth/signup", email=email, password=password)

    def verify(self, code: str) -> None:
        """Type in the code; then the person is signed in."""
        self._finish(self._ask("POST", "/auth/email/verify", key=code))

    def sign_in(self, email: str, password: str, second: Callable[[], str] | None = None) -> None:
        """Sign in. `second` is asked for a code if the account has a second factor."""
        self.token = ""
        answer = self._ask("POST", "/auth/login", email=email, password=password)
        if second is not None and "mfa_authenticate" in _waiting(answer):
            answer = self._ask("POST", "/auth/2fa/authenticate", code=second())
        self._finish(answer)

    def confirm(self, password: str) -> None:
        """Give the password again, as what makes or ends credentials wants it within minutes."""
        self._ask("POST", "/auth/reauthenticate", password=password)

    def sign_out(self) -> None:
        """End the session: the token is worth nothing from now on."""
        self._ask("DELETE", "/auth/session")
        self.token = ""

    def _ask(self, method: str, path: str, **body: str) -> Any:
        """Send, and keep the token. 401 with flows is no refusal: something is still to be done."""
        headers = {"X-Session-Token": self.token} if self.token else {}
        reply = self.http.request(method, DOORS + path, json=body or None, headers=headers)
        try:
            answer = reply.json()
        except ValueError as error:  # something between the two said it, in words for browsers
            raise Refused(reply.status_code, []) from error
        is_out = method == "DELETE" and reply.status_code in OUT
        if reply.is_error and not _waiting(answer) and not is_out:
            errors = [error.get("message", "") for error in answer.get("errors", [])]
            raise Refused(reply.status_code, errors or [answer.get("detail", "")])
        self.token = answer.get("meta", {}).get("session_token", self.token)
        return answer

    def _finish(self, answer: Any) -> None:
        if not answer["meta"]["is_authenticated"]:
            raise Refused(UNAUTHORIZED, [f"still to be done: {step}" for step in _waiting(answer)])
        self.person = answer["data"]["user"]["id"]


def _waiting(answer: Any) -> list[str]:
    """Return the steps that the server waits for, such as `verify_email` and `mfa_authenticate`."""
    flows = answer.get("data", {}).get("flows", [])
    return [flow["id"] for flow in flows if flow.get("is_pending")]
