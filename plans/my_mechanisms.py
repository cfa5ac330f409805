"""Which mechanisms of the library a person's last four weeks touched: a list and a map, never a score."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from accounts.models import User
from core import clock
from library.drawing.draw import draw
from library.drawing.scene import TALL, WIDE, Drawing
from library.map import edges_of, horizons, nodes_of
from library.models import Emphasis, Mechanism
from plans.models import Session, SessionLog

DAYS = 28
OFTEN = 2  # the weight from which a kind of exercise emphasises a mechanism "often"


@dataclass(frozen=True)
class Touched:
    """A mechanism, and how many things that were done touched it."""

    mechanism: Mechanism
    times: int


@dataclass(frozen=True)
class MyMechanisms:
    since: date
    logs: int
    touched: list[Touched]
    mechanisms: list[Mechanism]


@dataclass(frozen=True)
class MyMap:
    """The library's map with what was touched lit; trails only between such."""

    wide: Drawing
    tall: Drawing


def my_mechanisms(person: User, *, now: datetime) -> MyMechanisms:
    """Look at four weeks of logs: a step says its mechanisms itself, anything else those its kind emphasises."""
    since = clock.local_day(now, person.time_zone) - timedelta(days=DAYS - 1)
    logs = SessionLog.objects.visible_to(person).filter(local_on__gte=since)
    rows = list(logs.values_list("session_id", "exercise_type_id"))
    steps = Counter(session for session, _ in rows if session is not None)
    kinds = Counter(kind for session, kind in rows if session is None)
    times: Counter[int] = Counter()
    of_steps = Session.objects.filter(pk__in=steps, mechanisms__isnull=False)  # done stays done, whatever the plan now
    for session, mechanism in of_steps.values_list("pk", "mechanisms"):
        times[mechanism] += steps[session]
    of_kinds = Emphasis.objects.visible_to(person).filter(exercise_type__in=kinds, weight__gte=OFTEN)
    for kind, mechanism in of_kinds.values_list("exercise_type_id", "mechanism_id"):
        times[mechanism] += kinds[kind]
    mechanisms = list(Mechanism.objects.visible_to(person).with_relations(person))
    touched = [Touched(row, times[row.pk]) for row in mechanisms if times[row.pk]]
    return MyMechanisms(since, len(rows), sorted(touched, key=lambda row: -row.times), mechanisms)


def map_of(mine: MyMechanisms) -> MyMap:
    """Draw the whole map; what was not touched stays where it is, quietly."""
    lit = {row.mechanism.slug for row in mine.touched}
    nodes = nodes_of(mine.mechanisms)
    edges = [edge for edge in edges_of(mine.mechanisms) if {edge.source, edge.target} <= lit]
    wide, tall = (draw(nodes, edges, style, horizons=horizons(), highlights=lit) for style in (WIDE, TALL))
    return MyMap(wide, tall)
