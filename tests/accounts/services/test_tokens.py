"""Access tokens: told once, bounded, and good for exactly as long as they should be."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import AccessToken, User
from accounts.services.tokens import MOST, create_token, revoke_token, revoke_tokens, token_of
from core.errors import DomainError, InvalidInput
from tests.kit.cast import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna() -> User:
    return make_person("anna")


def make(person: User, now: datetime, **said: object) -> tuple[AccessToken, str]:
    return create_token(person=person, now=now, **{"name": "Watch", "kind": "app", "scope": "read", **said})  # type: ignore[arg-type]


def test_the_secret_is_long_known_by_its_prefix_and_not_in_the_row(anna: User, now: datetime) -> None:
    made, secret = make(anna, now)
    assert secret.startswith("mm_")
    assert len(secret) == 3 + 43  # 256 bits
    assert secret not in str(AccessToken.objects.filter(pk=made.pk).values().get())
    assert make(anna, now)[1] != secret


def test_it_is_found_with_its_person_in_one_query(anna: User, now: datetime) -> None:
    made, secret = make(anna, now)
    token_of(secret, now=now)  # the first use is noted
    with CaptureQueriesContext(connection) as queries:
        found = token_of(secret, now=now)
        assert found is not None
        assert (found, found.person) == (made, anna)
    assert len(queries) == 1


@pytest.mark.parametrize("secret", ["", "mm_", "mm_" + "a" * 43, "mm_" + "é" * 43, "a" * 46, "mm_" + "a" * 5000])
def test_what_is_no_secret_finds_nothing(anna: User, now: datetime, secret: str) -> None:
    make(anna, now)
    assert token_of(secret, now=now) is None


def test_its_use_is_noted_once_an_hour(anna: User, now: datetime) -> None:
    _made, secret = make(anna, now)
    seen = []
    for minutes in (0, 59, 60):
        token_of(secret, now=now + timedelta(minutes=minutes))
        seen.append(AccessToken.objects.get().last_used_at)
    assert seen == [now, now, now + timedelta(hours=1)]


def test_it_ends_on_its_day(anna: User, now: datetime) -> None:
    _made, secret = make(anna, now, days=7)
    week = now + timedelta(days=7)
    assert token_of(secret, now=week - timedelta(seconds=1))
    assert token_of(secret, now=week) is None


@pytest.mark.parametrize("days", [-1, 0, 367, 10**9])
def test_it_is_bounded(anna: User, now: datetime, days: int) -> None:
    with pytest.raises(InvalidInput) as refused:
        make(anna, now, days=days)
    assert refused.value.field == "days"


def test_a_name_is_one_tidy_line(anna: User, now: datetime) -> None:
    assert make(anna, now, name="  My\n watch ")[0].name == "My watch"
    with pytest.raises(InvalidInput):
        make(anna, now, name=" \u202e ")


def test_taken_back_it_opens_nothing_and_the_others_do(anna: User, now: datetime) -> None:
    (one, gone), (_other, stays) = make(anna, now), make(anna, now)
    revoke_token(token=one, now=now)
    assert token_of(gone, now=now) is None
    assert token_of(stays, now=now)


def test_all_at_once(anna: User, now: datetime) -> None:
    secrets = [make(anna, now)[1] for _ in range(2)]
    foreign = make(make_person("ben"), now)[1]
    assert revoke_tokens(person=anna, now=now) == 2
    assert [token_of(secret, now=now) for secret in secrets] == [None, None]
    assert token_of(foreign, now=now)


def test_a_new_password_ends_it_whoever_wrote_the_password(anna: User, now: datetime) -> None:
    _made, secret = make(anna, now)
    anna.set_password("another-quiet-morning")
    anna.save()
    assert token_of(secret, now=now) is None


def test_a_new_key_of_the_site_beside_the_old_one_ends_nothing(anna: User, now: datetime, settings) -> None:
    _made, secret = make(anna, now)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-tests"
    assert token_of(secret, now=now)


@pytest.mark.parametrize("closed", [{"is_active": False}, {"banned_at": datetime.fromisoformat("2026-03-01T00:00Z")}])
def test_a_closed_account_opens_nothing(anna: User, now: datetime, closed: dict[str, object]) -> None:
    _made, secret = make(anna, now)
    User.objects.filter(pk=anna.pk).update(**closed)
    assert token_of(secret, now=now) is None


def test_twenty_are_the_most_and_those_that_ended_do_not_count(anna: User, now: datetime) -> None:
    made = [make(anna, now)[0] for _ in range(MOST)]
    with pytest.raises(DomainError):
        make(anna, now)
    revoke_token(token=made[0], now=now)
    make(anna, now)


def test_those_of_a_former_password_do_not_count(anna: User, now: datetime) -> None:
    for _ in range(MOST):
        make(anna, now)
    anna.set_password("another-quiet-morning")
    anna.save()

    assert token_of(make(anna, now)[1], now=now)
