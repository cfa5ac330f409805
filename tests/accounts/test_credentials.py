"""Promise A9: every credential × every event, at the real doors, against the table in `docs/api.md`."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Block, User
from accounts.services.erasure import erase_due
from accounts.services.leaving import ask_to_leave
from accounts.services.standing import close
from accounts.services.tokens import revoke_tokens
from core import clock
from tests.accounts.entrance.phone import NEW_PASSWORD, code_in
from tests.accounts.keyring import Keyring
from tests.kit.cast import PASSWORD, Cast
from tests.kit.source import ROOT

pytestmark = pytest.mark.django_db
ANEW = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
type Happens = Callable[[Keyring], object]


def table() -> dict[str, dict[str, bool]]:
    """Return event → credential → whether it stays, as the page says."""
    _before, section = (ROOT / "docs" / "api.md").read_text().split("\n## What ends when\n")
    lines = [line for line in section.partition("\n## ")[0].splitlines() if line.startswith("| ")]
    head, *rows = [[cell.strip() for cell in line.strip("| ").split("|")] for line in lines]
    assert {word for row in rows for word in row[1:]} == {"ends", "stays"}
    return {event: {row[0]: row[n] == "stays" for row in rows} for n, event in enumerate(head) if n}


def by_code(keys: Keyring) -> None:
    cache.clear()  # one mail in a while
    visitor = Client()
    visitor.post(reverse("account_reset_password"), {"email": keys.person.email})
    visitor.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mail.outbox[-1].body)})
    visitor.post(reverse("account_complete_password_reset"), ANEW)


def by_staff(keys: Keyring) -> None:
    staff = Client()
    staff.force_login(User.objects.get(email="superuser@people.example"), backend=BACKEND)
    staff.post(reverse("admin:auth_user_password_change", args=[keys.person.pk]), {**ANEW, "usable_password": "true"})


def deactivated(keys: Keyring) -> None:
    User.objects.filter(pk=keys.person.pk).update(is_active=False)


def erased(keys: Keyring) -> None:
    at = ask_to_leave(person=keys.person, kept=None, now=clock.now())
    assert erase_due(now=at) == 1


BACKEND = "django.contrib.auth.backends.ModelBackend"
EVENTS: dict[str, Happens] = {
    "signed out": lambda keys: keys.here.post(reverse("account_logout")),
    "elsewhere": lambda keys: keys.here.post(reverse("usersessions_list")),
    "new password": lambda keys: keys.here.post(reverse("account_change_password"), {"oldpassword": PASSWORD, **ANEW}),
    "by code": by_code,
    "by staff": by_staff,
    "deactivated": deactivated,
    "banned": lambda keys: close(person=keys.person, now=clock.now()),
    "leaving": lambda keys: ask_to_leave(person=keys.person, kept=None, now=clock.now()),
    "erased": erased,
    "taken back": lambda keys: revoke_tokens(person=keys.person, now=clock.now()),
}


@pytest.fixture
def keys(cast: Cast, now: datetime) -> tuple[Keyring, Keyring]:
    """Return the credentials of somebody, and of somebody else whom nothing happens to."""
    Block.objects.all().delete()
    return Keyring(cast.host, cast.group, now), Keyring(cast.owner, cast.group, now)


@pytest.mark.parametrize("event", EVENTS)
def test_what_ends_and_what_stays(keys: tuple[Keyring, Keyring], event: str) -> None:
    theirs, another = keys
    EVENTS[event](theirs)
    assert theirs.opens() == table()[event]
    assert all(another.opens().values())


def test_a_token_expires_and_nothing_else(keys: tuple[Keyring, Keyring], now: datetime) -> None:
    theirs, _another = keys
    for made, _secret in theirs.tokens.values():
        made.expires_at = now + timedelta(seconds=1)
        made.save()
    with clock.frozen_at(now + timedelta(seconds=1)):
        assert theirs.opens() == table()["expired"]


def test_control_nothing_ends_by_itself(keys: tuple[Keyring, Keyring]) -> None:
    assert all(keys[0].opens().values())


def test_the_table_has_every_event() -> None:
    assert set(table()) == {*EVENTS, "expired"}
