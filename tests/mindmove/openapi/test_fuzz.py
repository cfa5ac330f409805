"""Nothing that anybody sends to the API is answered otherwise than its document says (promise I1).

A few examples for each operation here; `python -m bench.api_fuzz` sends hundreds.
"""

import os

import pytest
from django.test import Client

from tests.kit.fuzzing import fuzz
from tests.kit.world import World

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "2"))
START = int(os.environ.get("FUZZ_START", "1"))


@pytest.mark.parametrize("who", ["nobody", "member", "host"])
def test_every_operation_answers_as_its_document_says(world: World, who: str) -> None:
    person = None if who == "nobody" else world.cast.people[who]
    found = fuzz(world, person, examples=EXAMPLES, start=START)
    assert found == {}, "\n".join(f"{operation}: {what}" for operation, what in found.items())


def test_a_fault_would_be_seen(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("accounts.api.views.MeSerializer.to_representation", broken)
    assert "GET /api/v1/me/" in fuzz(world, world.cast.member, examples=1)


def test_nothing_that_is_sent_leaves_a_trace(world: World, as_person: object) -> None:
    before = Client().get("/api/v1/groups/").json()
    fuzz(world, world.cast.owner, examples=1)
    assert Client().get("/api/v1/groups/").json() == before
