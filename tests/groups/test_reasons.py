"""An event says why it may help, on its page and to apps."""

from collections.abc import Callable

from django.test import Client
from rest_framework.test import APIClient

from library.models import Mechanism
from tests.kit.world import World


def test_an_event_says_why_with_the_grade_beside_it(world: World) -> None:
    page = Client().get(f"/groups/{world.cast.group.slug}/events/{world.event.uuid}/").text

    assert "Why this may help" in page
    assert "/library/mechanisms/nature/" in page
    assert "grade--moderate" in page


def test_apps_get_the_same_and_drafts_are_left_out(world: World, api_as: Callable[..., APIClient]) -> None:
    address = f"/api/v1/events/{world.event.uuid}/reasons/"
    rows = api_as(None).get(address).json()
    assert [row["mechanism"]["slug"] for row in rows] == ["nature"]

    Mechanism.objects.filter(slug="nature").update(status="draft")
    assert api_as(None).get(address).json() == []
    assert api_as(None).get(f"/api/v1/events/{world.private_event.uuid}/reasons/").status_code == 404
