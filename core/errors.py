"""Errors that services raise and every front door turns into words or problem details."""

from django.utils.functional import Promise

type Text = str | Promise


class DomainError(Exception):
    """A rule said no. `code` is stable, `message` is translated, `field` names the input at fault.

    `status` is the HTTP status that the API answers with.
    """

    status = 409

    def __init__(self, code: str, message: Text, *, field: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field


class InvalidInput(DomainError):
    """The input breaks a rule that only the service can check."""

    status = 400


class NotPermitted(DomainError):
    """The actor may see the object, but not do this to it."""

    status = 403
