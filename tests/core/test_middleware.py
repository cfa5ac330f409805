"""A page's address without its final slash leads there; at the API it is none, so that nothing written is lost."""

import pytest
from django.conf import LazySettings
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete"])
def test_an_address_of_the_api_without_its_slash_is_none(
    client: Client, settings: LazySettings, method: str, debug: bool
) -> None:
    settings.DEBUG = debug

    answer = getattr(client, method)("/api/v1/logs")

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_page_is_found_without_it(client: Client) -> None:
    answer = client.get("/groups")
    assert (answer.status_code, answer.url) == (301, "/groups/")
