"""What a single event and every event of a series have in common."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone
from groups.models.groups import Group
from groups.models.places import Placed

MOST_GUESTS = 5


class Setting(models.TextChoices):
    INDOOR = "indoor", _("indoors")
    PARK = "park", _("in a park")
    FOREST = "forest", _("in the woods")
    WATER = "water", _("by water")
    STREET = "street", _("in the streets")


class Company(models.TextChoices):
    """How many usually come."""

    FEW = "few", _("a few: two to five")
    SOME = "some", _("some: six to twelve")
    MANY = "many", _("many: more than twelve")


class Outing(Placed):
    """What a host says of a meeting: what, where, with whom, and how it will go.

    One that is friendly to newcomers says where to stand, how it goes, its pace, where toilets are and that one can
    leave, and names who greets them.
    """

    Setting = Setting
    Company = Company
    CARD = ("where_to_stand", "how_it_goes", "pace", "toilets", "leaving_early")

    title = models.CharField(_("title"), max_length=120)
    about = models.TextField(_("about"), blank=True, max_length=5000)
    about_html = models.TextField(editable=False, blank=True)
    time_zone = models.CharField(_("time zone of the place"), max_length=64, validators=[validate_time_zone])
    place = models.CharField(_("place"), max_length=160)
    setting = models.CharField(_("setting"), max_length=10, choices=Setting.choices)
    effort = models.CharField(_("effort"), max_length=10, choices=Group.Effort.choices)
    company = models.CharField(
        _("how many usually come"), max_length=10, choices=Company.choices, blank=True, default="", db_default=""
    )
    capacity = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("Empty: no limit.")
    )
    guests_allowed = models.PositiveSmallIntegerField(
        _("guests each"), default=0, db_default=0, validators=[MaxValueValidator(MOST_GUESTS)]
    )
    is_newcomer_friendly = models.BooleanField(_("good for a first time"), default=False, db_default=False)
    where_to_stand = models.TextField(_("where to stand"), blank=True, max_length=500)
    how_it_goes = models.TextField(_("what will happen"), blank=True, max_length=1000)
    pace = models.TextField(_("pace"), blank=True, max_length=300, default="", db_default="")
    toilets = models.TextField(_("toilets"), blank=True, max_length=300, default="", db_default="")
    leaving_early = models.TextField(_("leaving early"), blank=True, max_length=500)
    greeter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who greets newcomers"),
    )

    class Meta:
        abstract = True

    @property
    def missing_for_newcomers(self) -> list[str]:
        """Return the fields that still say nothing, of those that a newcomer needs."""
        empty = [name for name in self.CARD if not getattr(self, name).strip()]
        return empty if self.greeter_id else [*empty, "greeter"]

    @classmethod
    def constraints_for(cls, name: str) -> list[models.BaseConstraint]:
        """Return what the database asks of it; constraints need a name of their own in each table."""
        said = Q(greeter__isnull=False)
        for field in cls.CARD:
            said &= ~Q(**{field: ""})
        return [
            *super().constraints_for(name),
            models.CheckConstraint(condition=Q(is_newcomer_friendly=False) | said, name=f"{name}_newcomers_know"),
            models.CheckConstraint(condition=Q(guests_allowed__lte=MOST_GUESTS), name=f"{name}_few_guests"),
        ]
