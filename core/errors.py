"""Errors that services raise and every front door turns into words or problem details."""

from collections.abc import Sequence

from django.utils.functional import Promise

type Text = str | Promise


class DomainError(Exception):
    """A rule said no. `code` is stable, `message` is translated, `field` names the input at fault,
    `fields` each of many.

    `status` is the HTTP status that the API answers with.
    """

    status = 409

    def __init__(self, code: str, message: Text, *, field: str | None = None, fields: Sequence[str] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.message = message
        self.field = field
        self.also = tuple(fields)

    @property
    def fields(self) -> tuple[str, ...]:
        """Every input at fault."""
        return (*([self.field] if self.field else []), *self.also)


class InvalidInput(DomainError):
    """The input breaks a rule that only the service can check."""

    status = 400


class NotPermitted(DomainError):
    """The actor may see the object, but not do this to it."""

    status = 403


class Gone(DomainError):
    """What is asked for, or built on, was there and is no more."""

    status = 410


class TooFast(DomainError):
    """So much at once that somebody, or something, should take a breath first."""

    status = 429
