"""A session and its person are one query, and nobody is let in by it whom the framework would not let in."""

from collections.abc import Callable
from datetime import time, timedelta
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.sessions.backends.db import SessionStore as OldStore
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from accounts.models import AccountSession, User
from accounts.models.sessions import AccountSessionQuerySet
from accounts.services.credentials import forget_sessions
from accounts.sessions import SessionStore, person_of
from accounts.tasks import forget_over
from core import clock
from tests.kit.cast import Cast

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


def session_of(person: User) -> SessionStore:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return SessionStore(client.session.session_key)


def said_of(person: User) -> dict[str, tuple[type, object]]:
    values = {field.attname: getattr(person, field.attname) for field in User._meta.concrete_fields}
    return {name: (type(value), value) for name, value in values.items()}


def told_by_the_framework(session: SessionStore) -> User | None:
    request = HttpRequest()
    request.session = SessionStore(session.session_key)
    found = get_user(request)
    return found if isinstance(found, User) else None


def test_a_session_brings_its_person(cast: Cast) -> None:
    session = session_of(cast.member)

    with CaptureQueriesContext(connection) as queries:
        assert person_of(session) == cast.member
    assert len(queries) == 1
    assert AccountSession.objects.get(session_key=session.session_key).person == cast.member


def test_who_comes_with_a_session_is_as_the_orm_has_them(cast: Cast) -> None:
    facts = {"quiet_from": time(22), "suspended_until": clock.now(), "weekly_target_minutes": 90, "hides_numbers": True}
    User.objects.filter(pk=cast.member.pk).update(**facts)

    person = person_of(session_of(cast.member))

    assert person is not None
    assert said_of(person) == said_of(User.objects.get(pk=cast.member.pk))
    assert not person.get_deferred_fields()


def test_a_column_of_the_next_release_is_left_alone(cast: Cast) -> None:
    session = session_of(cast.member)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE accounts_user ADD COLUMN save varchar(9) DEFAULT 'yes' NOT NULL")

    person = person_of(session)

    assert person is not None
    assert callable(person.save)
    assert "session_data" not in vars(person)


@pytest.mark.parametrize("key", ["\\000aaaaaaaaaa", "aaaaaaaaaaaa", "a" * 500, "'; --"])
def test_a_made_up_key_is_nobodys(key: str) -> None:
    client = Client()
    client.cookies.load(f'sessionid="{key}"')

    assert client.get("/groups/").status_code == 200
    assert client.get("/messages/").status_code == 302


def rewritten(**said: str) -> Callable[[SessionStore, Cast], None]:
    def change(session: SessionStore, _cast: Cast) -> None:
        changed = SessionStore(session.session_key)
        changed.update(said)
        changed.save()

    return change


def new_password(_session: SessionStore, cast: Cast) -> None:
    cast.member.set_password("another-slow-morning")
    cast.member.save()


def deactivated(_session: SessionStore, cast: Cast) -> None:
    User.objects.filter(pk=cast.member.pk).update(is_active=False)


def over(session: SessionStore, _cast: Cast) -> None:
    AccountSession.objects.filter(session_key=session.session_key).update(
        expire_date=clock.now() - timedelta(seconds=1)
    )


def given_to_another(session: SessionStore, cast: Cast) -> None:
    AccountSession.objects.filter(session_key=session.session_key).update(person=cast.stranger)


@pytest.mark.parametrize(
    "happens",
    [
        rewritten(**{HASH_SESSION_KEY: "another"}),
        rewritten(**{HASH_SESSION_KEY: ""}),
        rewritten(**{BACKEND_SESSION_KEY: "django.contrib.auth.backends.AllowAllUsersModelBackend"}),
        new_password,
        deactivated,
        over,
    ],
)
def test_whom_the_framework_lets_in_no_more_is_not_let_in(
    cast: Cast, happens: Callable[[SessionStore, Cast], None]
) -> None:
    session = session_of(cast.member)
    happens(session, cast)

    assert person_of(session) is None
    assert told_by_the_framework(session) is None


def test_what_the_session_says_decides_whose_it_is(cast: Cast) -> None:
    session = session_of(cast.member)
    given_to_another(session, cast)

    assert person_of(session) is None  # and the framework is asked
    assert told_by_the_framework(session) == cast.member


def test_a_hash_of_an_older_key_is_left_to_the_framework(cast: Cast) -> None:
    with override_settings(SECRET_KEY="before"):
        session = session_of(cast.member)
    with override_settings(SECRET_KEY_FALLBACKS=["before"]):
        assert person_of(session) is None
        assert told_by_the_framework(session) == cast.member


def test_leaving_the_account_takes_its_sessions_along(cast: Cast) -> None:
    session = session_of(cast.stranger)
    visitor = SessionStore()
    visitor["seen"] = "yes"
    visitor.save()

    User.objects.filter(pk=cast.stranger.pk).delete()

    assert not SessionStore().exists(session.session_key)
    assert SessionStore(visitor.session_key)["seen"] == "yes"


def test_what_is_over_is_forgotten_with_where_it_came_from(cast: Cast) -> None:
    lasting, ended = session_of(cast.member), session_of(cast.member)
    for session in (lasting, ended):
        UserSession.objects.create(user=cast.member, session_key=session.session_key, ip="192.0.2.7")
    over(ended, cast)

    forget_over()

    assert [row.session_key for row in AccountSession.objects.all()] == [lasting.session_key]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [lasting.session_key]
    forget_sessions(now=clock.now() + timedelta(days=400))
    assert not UserSession.objects.exists()


def test_the_upgrade_signs_nobody_out(cast: Cast) -> None:
    visitor, theirs = OldStore(), OldStore()
    visitor["seen"] = "yes"
    theirs.update(
        {
            SESSION_KEY: str(cast.member.pk),
            BACKEND_SESSION_KEY: BACKEND,
            HASH_SESSION_KEY: cast.member.get_session_auth_hash(),
        }
    )
    for old in (visitor, theirs):
        old.save()
    move = MigrationExecutor(connection).loader.get_migration("accounts", "0011_session_of_a_person").operations[-1]

    move.code(apps, None)

    assert person_of(SessionStore(theirs.session_key)) == cast.member
    assert SessionStore(visitor.session_key)["seen"] == "yes"
    assert OldStore(theirs.session_key)[SESSION_KEY] == str(cast.member.pk)  # for the release before
    move.reverse_code(apps, None)
    assert OldStore(theirs.session_key)[SESSION_KEY] == str(cast.member.pk)


def after(days: float) -> Any:
    return clock.frozen_at(clock.now() + timedelta(days=days))


def is_in(client: Client) -> bool:
    return client.get("/messages/").status_code == 200


def signed_in(person: User) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def test_a_session_goes_on_while_it_is_used(cast: Cast) -> None:
    client = signed_in(cast.member)
    for days in range(10, 100, 10):
        with after(days):
            assert is_in(client)


def test_control_one_that_is_not_used_ends_after_two_weeks(cast: Cast) -> None:
    client = signed_in(cast.member)
    with after(10):
        assert is_in(client)
    with after(10 + 14.1):
        assert not is_in(client)


def test_so_does_that_of_an_app(cast: Cast) -> None:
    phone = Client(headers={"X-Session-Token": signed_in(cast.member).session.session_key})
    for days in range(10, 100, 10):
        with after(days):
            answer = phone.get("/api/v1/me/")
            assert answer.status_code == 200
            assert not answer.cookies
    with after(90 + 14.1):
        assert phone.get("/api/v1/me/").status_code == 401


def test_the_browser_keeps_the_cookie_as_long(cast: Cast) -> None:
    client = signed_in(cast.member)
    assert "sessionid" not in client.get("/messages/").cookies, "it was made today"
    with after(2):
        kept = client.get("/messages/").cookies["sessionid"]
        assert (kept.value, kept["max-age"]) == (client.session.session_key, 14 * 24 * 3600)
        assert (kept["httponly"], kept["samesite"], kept["path"]) == (True, "Lax", "/")
        assert "sessionid" not in client.get("/messages/").cookies, "once an hour"


def test_whatever_brings_the_cookie_is_kept_by_nobody_else(cast: Cast) -> None:
    client = signed_in(cast.member)
    with after(2):
        answer = client.get("/library")  # leads to the address with a slash
        assert (answer.status_code, answer["Cache-Control"]) == (301, "private, no-store")
        assert "sessionid" in answer.cookies


def test_it_is_written_down_once_an_hour(cast: Cast) -> None:
    key = signed_in(cast.member).session.session_key
    with after(3):
        for written in (1, 0):
            with CaptureQueriesContext(connection) as queries:
                person_of(SessionStore(key))
            assert sum("UPDATE" in query["sql"] for query in queries) == written


def staff(_session: SessionStore, cast: Cast) -> None:
    User.objects.filter(pk=cast.member.pk).update(is_staff=True)


@pytest.mark.parametrize("happens", [staff, deactivated, new_password, rewritten(**{BACKEND_SESSION_KEY: "gone"})])
def test_that_of_staff_and_one_that_lets_nobody_in_do_not_go_on(
    cast: Cast, happens: Callable[[SessionStore, Cast], None]
) -> None:
    session = session_of(cast.member)
    happens(session, cast)
    ends = AccountSession.objects.get(session_key=session.session_key).expire_date
    with after(10):
        person_of(SessionStore(session.session_key))
    assert AccountSession.objects.get(session_key=session.session_key).expire_date == ends


def test_where_it_cannot_be_written_down_the_person_is_let_in_all_the_same(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    client = signed_in(cast.member)

    def refuse(*_args: object, **_values: object) -> int:
        raise OperationalError("database is locked")

    monkeypatch.setattr(AccountSessionQuerySet, "update", refuse)
    with after(2):
        answer = client.get("/messages/")

    assert (answer.status_code, "sessionid" in answer.cookies) == (200, False)
    assert "a session was not prolonged" in caplog.text
