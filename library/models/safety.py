"""Where to get help, and the safety texts shown where they matter."""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Self

from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from core.visibility import PublicQuerySet, Viewer, VisibilityQuerySet
from library.models.evidence import Citation

TOO_OLD = timedelta(days=180)


class HelpRegionQuerySet(PublicQuerySet["HelpRegion"]):
    def with_lines(self, viewer: Viewer) -> Self:
        return self.prefetch_related(Prefetch("lines", HelpLine.objects.visible_to(viewer), to_attr="shown_lines"))


class HelpRegion(models.Model):
    """A country or region with its emergency numbers. The person chooses it; it is never guessed."""

    code = models.SlugField(_("letters of the country"), unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    emergency_numbers = models.CharField(_("emergency numbers"), max_length=80, help_text=_("Comma separated."))

    shown_lines: list[HelpLine]  # by `with_lines`

    objects = HelpRegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("help region")
        verbose_name_plural = _("help regions")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    @property
    def emergency_list(self) -> list[str]:
        return [number.strip() for number in self.emergency_numbers.split(",") if number.strip()]


def doubtful_on(today: date) -> Q:
    """Return the condition on a help line that nobody has checked, or not for half a year."""
    return Q(verified_on=None) | Q(verified_on__lt=today - TOO_OLD)


class HelpLineQuerySet(PublicQuerySet["HelpLine"]):
    def doubtful(self, today: date) -> Self:
        """Return entries that nobody has checked, or not for half a year."""
        return self.filter(doubtful_on(today))

    def international(self) -> Self:
        """Return what serves every country."""
        return self.filter(region=None)


class HelpLine(models.Model):
    """A line or directory to turn to. Without a region it is international."""

    class Kind(models.TextChoices):
        LINE = "line", _("line")
        DIRECTORY = "directory", _("directory")

    class Channel(models.TextChoices):
        CALL = "call", _("call")
        TEXT = "text", _("text message")
        CHAT = "chat", _("chat")

    region = models.ForeignKey(HelpRegion, models.CASCADE, related_name="lines", null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=160)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.LINE)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    url = models.URLField(_("address"), blank=True)
    channels = models.CharField(_("channels"), max_length=120, blank=True)
    hours = models.CharField(_("hours"), max_length=160, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_verified = models.BooleanField(_("seen on a page"), default=False)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    review_due_on = models.DateField(_("to be checked again by"), null=True, blank=True)
    seen_at = models.TextField(_("where it was seen, for editors"), blank=True)

    objects = HelpLineQuerySet.as_manager()

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name

    @property
    def tel(self) -> str:
        """The number as a `tel:` link takes it."""
        return "".join(sign for sign in self.phone if sign.isdigit() or sign == "+")

    def is_old(self, today: date) -> bool:
        """Whether it was checked more than half a year ago. One that never was says so in other words."""
        return self.verified_on is not None and today - self.verified_on > TOO_OLD

    @property
    def takes_text(self) -> bool:
        """Whether a text message to the number reaches them."""
        return bool(self.phone) and self.Channel.TEXT in self._channels

    @property
    def channel_list(self) -> list[str]:
        """How to reach the line, in words."""
        words = dict(self.Channel.choices)
        return [str(words.get(name, name)) for name in self._channels]

    @property
    def _channels(self) -> list[str]:
        return [channel.strip() for channel in self.channels.split(",") if channel.strip()]


class SafetyTextQuerySet(VisibilityQuerySet["SafetyText"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Every reader's texts; the rules for the product stay with editors, in the admin."""
        return self.exclude(group=SafetyText.Group.EDITORS)

    def placed(self, *places: str) -> Self:
        """Return the disclaimers meant for any of the places, such as `plans`."""
        meant = [Q(placements__contains=f",{place},") for place in places]
        return self.filter(reduce(or_, meant))


class SafetyText(models.Model):
    """A disclaimer, a stop-now sign or advice, placed by its group."""

    class Group(models.TextChoices):
        DISCLAIMER = "disclaimer", _("disclaimer")
        ASK_FIRST = "ask-first", _("ask first")
        STOP_NOW = "stop-now", _("stop now")
        TOO_MUCH = "too-much", _("too much exercise")
        SPECIAL = "special", _("special situation")
        EDITORS = "editors", _("rule for the product, never shown")

    class Action(models.TextChoices):
        EMERGENCY = "emergency", _("call an ambulance now")
        URGENT = "urgent-care", _("see somebody today")
        PROFESSIONAL = "see-professional", _("see a professional")

    group = models.CharField(_("group"), max_length=12, choices=Group.choices)
    key = models.SlugField(_("key"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))
    is_advice = models.BooleanField(_("says what to do about the group"), default=False)
    action = models.CharField(_("action"), max_length=20, choices=Action.choices, blank=True)
    placements = models.CharField(
        _("shown in"), max_length=120, blank=True, help_text=_("Comma separated, with a comma at both ends.")
    )
    citations = models.ManyToManyField(Citation, related_name="+", blank=True, verbose_name=_("sources"))
    editors_note = models.CharField(_("note for editors"), max_length=200, blank=True)

    objects = SafetyTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("safety text")
        verbose_name_plural = _("safety texts")
        ordering = ["group", "order"]
        constraints = [models.UniqueConstraint(fields=["group", "key"], name="safety_text_unique")]

    def __str__(self) -> str:
        return self.text

    @property
    def place_list(self) -> list[str]:
        return [place for place in self.placements.split(",") if place]
