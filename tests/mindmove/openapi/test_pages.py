"""The reference shows every operation of the document, in both languages, without a script of its own."""

import pytest
from django.test import Client

from mindmove.openapi import kept_document, made
from mindmove.openapi.reference import rooms

pytestmark = pytest.mark.django_db
OPERATIONS = {one["operationId"]: one["tags"][0] for path in kept_document()["paths"].values() for one in path.values()}


def test_the_first_page_names_every_operation_and_every_code(client: Client) -> None:
    text = client.get("/developers/api/").content.decode()
    assert [name for name, tag in OPERATIONS.items() if f"/developers/api/{tag}/#{name}" not in text] == []
    assert [
        row["code"] for row in kept_document()["x-problem-codes"] if f"<code>{row['code']}</code>" not in text
    ] == []


@pytest.mark.parametrize("tag", sorted(set(OPERATIONS.values())))
def test_a_room_shows_its_operations(client: Client, tag: str) -> None:
    text = client.get(f"/developers/api/{tag}/").content.decode()
    assert [name for name, own in OPERATIONS.items() if (f'id="{name}"' in text) != (own == tag)] == []


def test_it_speaks_chinese(client: Client) -> None:
    assert "记下我做的" in client.get("/zh-hans/developers/api/logs/").content.decode()


def test_what_is_sent_is_told_field_by_field() -> None:
    logs = next(room for room in rooms(kept_document(), "en") if room.tag == "logs")
    noting = next(one for one in logs.operations if one.name == "logs_create")
    kinds = {field.name: (field.kind, field.values) for field in noting.body}
    assert kinds["uuid"][0] == "string (uuid)"
    assert "vigorous" in kinds["intensity"][1]


def test_what_is_said_of_a_field_is_read_as_it_is_meant(client: Client) -> None:
    """Code as code, paragraphs apart, and values once."""
    text = client.get("/developers/api/groups/").content.decode()
    assert "Mine in it; null for who is not in it.</span>" in text
    assert "<p>An unlisted group tells it to whoever has its address, like its page.</p>" in text
    assert "<code>If-Match" in client.get("/developers/api/logs/").content.decode()
    assert "`" not in text


def test_a_reply_in_one_of_two_shapes_is_told_with_the_fields_of_both() -> None:
    logs = next(room for room in rooms(made(), "en") if room.tag == "logs")
    replies = next(one for one in logs.operations if one.name == "imports_create").replies
    fields = {field.name: field.is_required for field in next(one for one in replies if one.status == "200").fields}
    assert (fields["uuid"], fields["is_noted"], fields["note"]) == (True, False, False)


def test_beside_the_api_an_address_leads_there_in_the_readers_language(client: Client) -> None:
    english = client.get("/api/v1/docs/")
    chinese = client.get("/api/v1/docs/", headers={"Accept-Language": "zh-Hans"})
    assert (english.status_code, english["Location"]) == (302, "/developers/api/")
    assert (chinese.status_code, chinese["Location"]) == (302, "/zh-hans/developers/api/")


def test_no_such_room_is_nowhere(client: Client) -> None:
    assert client.get("/developers/api/no-such/").status_code == 404
