"""Groups: what they say of themselves, and who may know of them."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import validate_time_zone
from core.models import Addressed
from core.visibility import Viewer
from groups.models.memberships import Membership, asked_role
from groups.models.places import Placed, PlacedQuerySet
from groups.models.readers import NONE, Reader

NATIVE_NAMES = {"en": "English", "zh-hans": "中文"}  # as groups write them in `languages`


OPEN = Q(closed_at=None, hidden_at=None)


def seen_groups(reader: Reader, path: str = "") -> Q:
    """Return the condition on groups that exist for the reader; `path` leads from the row that is asked to its group.

    Public and unlisted ones for everybody; private, closed and hidden ones for their members; for who is barred, none.
    """
    return _open_or_own(reader, path, Group.Visibility.PUBLIC, Group.Visibility.UNLISTED)


def findable_groups(reader: Reader, path: str = "") -> Q:
    """Return the condition on groups that a list shown to the reader may name: of those that exist, no unlisted ones.

    Whoever is in an unlisted group finds it as their own.
    """
    return _open_or_own(reader, path, Group.Visibility.PUBLIC)


def _open_or_own(reader: Reader, path: str, *visibility: Group.Visibility) -> Q:
    is_met = _is_open(path, *visibility) | Q((f"{path}pk__in", reader.groups))
    return is_met if reader.barred is NONE else is_met & ~Q((f"{path}pk__in", reader.barred))


def _is_open(path: str, *visibility: Group.Visibility) -> Q:
    return Q((f"{path}closed_at", None), (f"{path}hidden_at", None), (f"{path}visibility__in", visibility))


class GroupQuerySet(PlacedQuerySet["Group"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        return self.filter(seen_groups(Reader.of(viewer)))

    def with_role_of(self, viewer: Viewer) -> Self:
        """Add what `rules.may` asks: what the viewer is in the group."""
        return self.annotate(**asked_role(viewer, "pk"))

    def listed(self) -> Self:
        """Return the groups that lists and search may name."""
        return self.filter(_is_open("", Group.Visibility.PUBLIC))

    def findable_by(self, reader: Reader) -> Self:
        """Return the groups that a list shown to the reader may name: all of them visible to them."""
        found = self.filter(findable_groups(reader))
        found.is_scoped = True
        return found

    def joined_by(self, person: Viewer) -> Self:
        return self.filter(Exists(Membership.objects.current().filter(group=OuterRef("pk"), person=person.pk)))


class Group(Placed, Addressed):
    """People who move together. Named like Django's permission groups, and unrelated to them."""

    class Kind(models.TextChoices):
        RUNNING = "running", _("running")
        WALKING = "walking", _("walking")
        HIKING = "hiking", _("hiking")
        CYCLING = "cycling", _("cycling")
        STRENGTH = "strength", _("strength")
        MINDFUL = "mindful", _("yoga, tai chi, qigong")
        OTHER = "other", _("something else")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("public: anyone can find it")
        UNLISTED = "unlisted", _("unlisted: anyone with the address")
        PRIVATE = "private", _("private: members only")

    class JoinPolicy(models.TextChoices):
        OPEN = "open", _("open to everybody")
        REQUEST = "request", _("on request")
        INVITATION = "invitation", _("by invitation")

    class Effort(models.TextChoices):
        EASY = "easy", _("easy: you can talk all the way")
        STEADY = "steady", _("steady: talking in short sentences")
        HARD = "hard", _("hard: only a few words")

    slug = models.SlugField(_("address"), unique=True, max_length=60, allow_unicode=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    about = models.TextField(_("about"), blank=True, max_length=5000)
    about_html = models.TextField(editable=False, blank=True)
    visibility = models.CharField(
        _("who can see it"), max_length=10, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    join_policy = models.CharField(
        _("who can join"), max_length=10, choices=JoinPolicy.choices, default=JoinPolicy.OPEN
    )
    place = models.CharField(_("place"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    languages = models.CharField(_("languages spoken"), max_length=80, blank=True)
    effort = models.CharField(_("effort"), max_length=10, choices=Effort.choices, default=Effort.EASY)
    accessibility = models.TextField(_("accessibility"), blank=True, max_length=1000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,  # whoever goes hands over first: a group is never without an owner
        related_name="+",
        verbose_name=_("owner"),
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True, editable=False)  # by its owners
    hidden_at = models.DateTimeField(_("hidden"), null=True, blank=True, editable=False)  # by the site's moderators

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise group")
        verbose_name_plural = _("exercise groups")
        ordering = ["name"]
        constraints = Placed.constraints_for("group")
        indexes = [models.Index(fields=["cell"], name="group_cell")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:group", args=[self.slug])

    @property
    def is_open(self) -> bool:
        """Whether the group goes on: what it has can be read by its people either way."""
        return self.closed_at is None and self.hidden_at is None

    def speaks(self, language: str) -> bool:
        """Whether the group says that it speaks a language of the site; one that says nothing may."""
        return not self.languages or NATIVE_NAMES[language].lower() in self.languages.lower()
