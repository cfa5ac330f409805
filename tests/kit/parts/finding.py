"""Finding: an exact spot for the event, so that its page draws one."""

from groups.models import Event
from groups.near import Point, cell_of
from tests.kit.parts import Seed

HERE = Point(52.5145, 13.3501)


def make(seed: Seed) -> dict[str, str]:
    where = {"latitude": HERE.latitude, "longitude": HERE.longitude, "cell": cell_of(HERE)}
    Event.objects.filter(pk=seed.event.pk).update(**where)
    return {}


def pages(a: dict[str, str], who: str) -> list[str]:
    lists = ["/groups/events/", "/groups/events/?near=Berlin"]
    return ["/groups/?near=Berlin&newcomers=on", "/groups/?near=Nowhereville", *lists]
