"""Where to get help, and the safety texts shown where they matter."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.visibility import PublicQuerySet


class HelpRegion(models.Model):
    """A country or region with its emergency numbers. The person chooses it; it is never guessed."""

    code = models.SlugField(unique=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=80)
    emergency_numbers = models.CharField(_("emergency numbers"), max_length=80, help_text=_("Comma separated."))

    objects = PublicQuerySet["HelpRegion"].as_manager()

    class Meta:
        verbose_name = _("help region")
        verbose_name_plural = _("help regions")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class HelpLine(models.Model):
    """A line or directory to turn to. Without a region it is international."""

    region = models.ForeignKey(HelpRegion, models.CASCADE, related_name="lines", null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"))
    name = models.CharField(_("name"), max_length=160)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    url = models.URLField(_("address"), blank=True)
    channels = models.CharField(_("channels"), max_length=120, blank=True)
    hours = models.CharField(_("hours"), max_length=160, blank=True)
    note = models.TextField(_("note"), blank=True)
    is_verified = models.BooleanField(_("seen on a page"), default=False)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)

    objects = PublicQuerySet["HelpLine"].as_manager()

    class Meta:
        verbose_name = _("help line")
        verbose_name_plural = _("help lines")
        ordering = ["order"]

    def __str__(self) -> str:
        return self.name


class SafetyText(models.Model):
    """A disclaimer, a stop-now sign or advice, placed by its group."""

    class Group(models.TextChoices):
        DISCLAIMER = "disclaimer", _("disclaimer")
        ASK_FIRST = "ask-first", _("ask first")
        STOP_NOW = "stop-now", _("stop now")
        TOO_MUCH = "too-much", _("too much exercise")
        SPECIAL = "special", _("special situation")

    group = models.CharField(_("group"), max_length=12, choices=Group.choices)
    key = models.SlugField(_("key"))
    order = models.PositiveSmallIntegerField(_("order"))
    text = models.TextField(_("text"))

    objects = PublicQuerySet["SafetyText"].as_manager()

    class Meta:
        verbose_name = _("safety text")
        verbose_name_plural = _("safety texts")
        ordering = ["group", "order"]
        constraints = [models.UniqueConstraint(fields=["group", "key"], name="safety_text_unique")]

    def __str__(self) -> str:
        return self.text
