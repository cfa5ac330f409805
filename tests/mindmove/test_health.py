"""Probes answer over plain http, to any host name, without sessions; only readiness asks the database."""

import pytest
from django.db import OperationalError, connection
from django.test import Client, override_settings
from pytest_django import DjangoAssertNumQueries

from tests.mindmove.production import run


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@override_settings(ALLOWED_HOSTS=["mindmove.example"], SECURE_SSL_REDIRECT=True)
@pytest.mark.django_db
def test_probe_comes_over_plain_http_with_any_host(client: Client, path: str) -> None:
    answer = client.get(path, headers={"host": "10.1.2.3:8000"})

    assert (answer.status_code, answer.content) == (200, b"ok")
    assert answer["Cache-Control"] == "no-store"


@override_settings(ALLOWED_HOSTS=["mindmove.example"])
def test_every_other_page_still_minds_the_host(client: Client) -> None:
    answer = client.get("/", headers={"host": "10.1.2.3:8000"})

    assert answer.status_code == 400


@pytest.mark.django_db
def test_liveness_never_asks_the_database(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client.cookies["sessionid"] = "somebody"
    with django_assert_num_queries(0):
        answer = client.get("/healthz")

    assert answer.status_code == 200


@pytest.mark.django_db
def test_readiness_asks_once(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        client.get("/readyz")


@pytest.mark.django_db
def test_not_ready_while_the_database_is_away(client: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (503, b"database unavailable")


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_probes_only_read(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405


PROBE_AN_UNREACHABLE_DATABASE = """
import django; django.setup()
from django.test import Client
client = Client()
print([client.get(path).status_code for path in ("/healthz", "/readyz")])
print(client.get("/", headers={"host": "mindmove.example"}).headers["Location"])
"""


def test_production_lives_but_is_not_ready_without_a_database() -> None:
    probed = run("-c", PROBE_AN_UNREACHABLE_DATABASE, DATABASE_POOL="0")

    assert "[200, 503]" in probed.stdout, probed.stderr
    assert "https://mindmove.example/" in probed.stdout
