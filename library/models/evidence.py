"""Grades and sources."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Self
from urllib.parse import quote

from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.visibility import Viewer, VisibilityQuerySet

DOI_SIGNS = "/():;,"  # beside letters, digits and -._~: what stands as it is in the address of a DOI


class EvidenceGrade(models.TextChoices):
    STRONG = "strong", _("Strong")
    MODERATE = "moderate", _("Moderate")
    LIMITED = "limited", _("Limited")
    CONTESTED = "contested", _("Contested")


class Horizon(models.TextChoices):
    MINUTES = "minutes", _("within minutes")
    WEEKS = "weeks", _("over weeks")
    MONTHS = "months", _("over months")


def reads_drafts(viewer: Viewer) -> bool:
    """Whether somebody sees what is not public yet. Asks the database for staff only."""
    return viewer.is_authenticated and viewer.is_staff and viewer.has_perm("library.view_draft")


class CitationQuerySet(VisibilityQuerySet["Citation"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Every source but those that wait for an editor; these are for whoever reads drafts."""
        return self.all() if reads_drafts(viewer) else self.filter(waits_for_editor=False)

    def has_checked(self, *keys: str) -> bool:
        """Whether somebody has checked the figures of all these sources."""
        return self.filter(key__in=keys, numbers_verified=True).count() == len(keys)

    def core(self) -> CitationQuerySet:
        """Return the sources that the library leads with."""
        return self.filter(tier=Citation.Tier.CORE)


class Citation(models.Model):
    """A source. `numbers_verified` is false while an editor has not seen its figures on a page."""

    class Tier(models.TextChoices):
        CORE = "core", _("leading source")
        SUPPORT = "support", _("background")

    class Kind(models.TextChoices):
        META_ANALYSIS = "meta-analysis", _("meta-analysis")
        RCT = "RCT", _("randomised trial")
        REVIEW = "review", _("review")
        MECHANISTIC = "mechanistic", _("laboratory study")
        GUIDELINE = "guideline", _("guideline")
        SCALE = "scale", _("scale")
        CROSS_SECTIONAL = "cross-sectional", _("survey")
        COHORT = "cohort", _("cohort study")
        NON_RANDOMISED = "non-randomised", _("non-randomised trial")

    key = models.SlugField(_("key"), unique=True)
    tier = models.CharField(_("tier"), max_length=10, choices=Tier.choices)
    authors = models.TextField(_("authors"))
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.TextField(_("title"))
    journal = models.CharField(_("journal"), max_length=200)
    reference = models.CharField(_("volume and pages"), max_length=200, blank=True)
    doi = models.CharField("DOI", max_length=120, blank=True)
    doi_is_verified = models.BooleanField(_("DOI seen to resolve"), default=False)
    doi_note = models.CharField(_("note on the DOI, for editors"), max_length=200, blank=True)
    kind = models.CharField(_("kind of study"), max_length=20, choices=Kind.choices)
    people_count = models.PositiveIntegerField(_("people"), null=True, blank=True)
    people_note = models.CharField(_("note on people"), max_length=200, blank=True)
    finding = models.TextField(_("headline finding"))
    is_verified = models.BooleanField(_("seen on a page"), default=False)
    seen_at = models.TextField(_("where it was seen, for editors"), blank=True)
    numbers_verified = models.BooleanField(_("figures checked"), default=False)
    editors_note = models.TextField(_("note for editors"), blank=True)
    # Added by somebody who may not publish; an editor has looked at it once they have saved it.
    waits_for_editor = models.BooleanField(_("waits for an editor"), default=False, db_default=False)

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["-year", "key"]

    def __str__(self) -> str:
        return f"{self.short_name}: {Truncator(self.title).chars(60)}"

    @property
    def short_name(self) -> str:
        """First author and year, as a link says it."""
        return f"{self.authors.split(',')[0]} {self.year}"

    @property
    def shown_finding(self) -> str:
        """The headline finding, or nothing while its figures have not been checked."""
        return self.finding if self.numbers_verified else ""

    @property
    def shown_people_count(self) -> int | None:
        """How many people took part, once an editor has seen the figure."""
        return self.people_count if self.numbers_verified else None

    @property
    def doi_url(self) -> str:
        """Address of the DOI, or nothing while it has not been seen to resolve."""
        return f"https://doi.org/{quote(self.doi, safe=DOI_SIGNS)}" if self.doi and self.doi_is_verified else ""


def text_over(text: str, sources: Iterable[Citation]) -> str:
    """Return the text, or nothing when it carries a figure that one of its sources has unchecked."""
    has_figures = re.search(r"\d", text) is not None
    return "" if has_figures and not all(source.numbers_verified for source in sources) else text
