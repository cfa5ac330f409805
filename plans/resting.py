"""Which of a person's plans rest on a day."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from accounts.models import User
from plans.models import Enrollment, Pause


@dataclass(frozen=True)
class Resting:
    """The pause of all plans, if there is one, and those of single plans by enrollment id."""

    of_all: Pause | None
    of_one: dict[int, Pause]

    def of(self, enrollment: Enrollment) -> Pause | None:
        return self.of_all or self.of_one.get(enrollment.pk)


def resting_on(person: User, day: date) -> Resting:
    """Return what rests on the day, in one query."""
    return resting_among(Pause.objects.visible_to(person).on(day).order_by("pk"), day)


def pauses_of(people: Collection[int]) -> dict[int, list[Pause]]:
    """Return person → pauses, in one query."""
    found = defaultdict[int, list[Pause]](list)
    for pause in Pause.objects.of_each(people).order_by("pk"):
        found[pause.person_id].append(pause)
    return found


def resting_among(pauses: Iterable[Pause], day: date) -> Resting:
    """Return what rests on the day, of pauses that are at hand."""
    found = [pause for pause in pauses if pause.holds(day)]
    return Resting(
        of_all=next((pause for pause in found if pause.enrollment_id is None), None),
        of_one={pause.enrollment_id: pause for pause in found if pause.enrollment_id is not None},
    )
