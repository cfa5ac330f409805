"""Private check-ins: the score is kept, the answers are not."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.profile import lock_person
from core import clock, moments
from core.errors import DomainError, InvalidInput
from core.visibility import get_visible
from plans.models import CheckIn
from plans.scales.questionnaires import Questionnaire
from plans.scales.timing import next_on


@transaction.atomic
def take_check_in(
    *, person: User, questionnaire: Questionnaire, answers: Sequence[int], now: datetime, uuid: UUID | None = None
) -> CheckIn:
    """Keep the score of a questionnaire, at most once in two weeks. The same `uuid` twice is one row."""
    lock_person(person)  # two tabs at once are one after the other
    scale, today = questionnaire.scale, clock.local_day(now, person.time_zone)
    own = CheckIn.objects.visible_to(person)
    if uuid is not None and (sent := own.filter(uuid=uuid).first()):
        return sent
    last = own.filter(scale=scale.key).order_by("-taken_on").first()
    next_day = next_on(last.taken_on if last else None, today)
    if next_day > today:
        day = moments.day_in_words(next_day, this_year=today.year)
        message = _("It asks about two weeks, so it can be taken again from %(day)s.") % {"day": day}
        raise DomainError("too_soon", message)
    try:
        score = scale.score(answers)
    except ValueError as error:
        raise InvalidInput("answers", _("Each question needs one of its answers."), field="answers") from error
    columns = {"person": person, "scale": scale.key, "score": score, "taken_on": today, "created_at": now}
    try:
        with transaction.atomic():
            return CheckIn.objects.create(uuid=uuid or uuid4(), **columns)
    except IntegrityError:  # the uuid is somebody else's, which is as if it were unknown
        return get_visible(CheckIn.objects.all(), person, uuid=uuid)


def delete_check_in(*, person: User, check_in: CheckIn) -> None:
    """Remove a result for good."""
    CheckIn.objects.visible_to(person).filter(pk=check_in.pk).delete()
