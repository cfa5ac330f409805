"""The way to keep an account that is about to be deleted, also for who cannot sign in: a signed link in the mail.

Nothing of it is kept. It is worth something while that deletion is ahead, and opens nothing but the account's door.
"""

from django.core import signing
from django.urls import reverse

from accounts.models import User

_signer = signing.Signer(salt="accounts.keeping", algorithm="sha256")


def keeping_path(person: User) -> str:
    """Return the page of the link that needs no sign-in; in the current language."""
    return reverse("accounts:keep", args=[token_for(person)])


def token_for(person: User) -> str:
    assert person.erase_at is not None  # noqa: S101 - for the type checker: asked of those who are leaving
    return _signer.sign(f"{person.uuid.hex}-{person.erase_at:%Y%m%d%H%M%S%f}")


def person_of_token(token: str) -> User | None:
    """Return the person whom the link lets stay, or None when it is forged, or its deletion is not ahead any more."""
    try:
        uuid, _dash, _when = _signer.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    person = User.objects.get_queryset().filter(uuid=uuid, erase_at__isnull=False).first()
    return person if person is not None and token == token_for(person) else None
