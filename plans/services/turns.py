"""The person's own word on the pace."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from core import clock
from core.errors import DomainError, InvalidInput, NotPermitted
from plans import pace
from plans.models import Enrollment, Turn
from plans.past import past_of
from plans.services.followed import lock_followed

ONE_TAP = timedelta(seconds=10)


def take_turn(*, person: User, enrollment: Enrollment, way: str, now: datetime) -> Turn:
    """Go on, begin this week again, or go one week back. Tapping twice is saying it once.

    Raises DomainError `no_sense` where the pace of the plan says that it leads nowhere.
    """
    if enrollment.person_id != person.pk:
        raise NotPermitted("not_yours", _("This belongs to somebody else."))
    if way not in Turn.Way.values:
        raise InvalidInput("choice", _("This is not one of the choices."), field="way")
    today = clock.local_day(now, person.time_zone)
    with transaction.atomic():
        locked = lock_followed(enrollment)
        past = past_of(person, [locked], today)
        for said in past.turns[locked.pk]:
            if said.way == way and abs(now - said.taken_at) <= ONE_TAP:
                return said
        if not locked.is_active or pace.Way(way) not in past.positions[locked.pk].ways:
            raise DomainError("no_sense", _("From where you are, this leads nowhere new."))
        return Turn.objects.create(enrollment=locked, way=way, taken_at=now, local_on=today)
