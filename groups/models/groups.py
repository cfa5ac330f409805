"""Groups and memberships."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User, validate_time_zone
from core import clock
from core.models import Addressed
from core.visibility import Viewer, VisibilityQuerySet

NATIVE_NAMES = {"en": "English", "zh-hans": "中文"}  # as groups write them in `languages`


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    HOST = "host", _("host")
    MODERATOR = "moderator", _("moderator")
    MEMBER = "member", _("member")


HOSTING = (Role.OWNER, Role.HOST)


class GroupQuerySet(VisibilityQuerySet["Group"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Public and unlisted groups for everybody; private ones for their members; banned: none."""
        if not viewer.is_authenticated:
            return self.exclude(visibility=Group.Visibility.PRIVATE)
        mine = Membership.objects.filter(group=OuterRef("pk"), person=viewer)
        return self.exclude(Exists(mine.banned())).filter(
            ~Q(visibility=Group.Visibility.PRIVATE) | Exists(mine.current())
        )

    def listed(self) -> Self:
        """Return the groups that lists and search may name."""
        return self.filter(visibility=Group.Visibility.PUBLIC)

    def findable_by(self, viewer: Viewer) -> Self:
        """Return the groups that a list shown to `viewer` may name: public ones and their own."""
        mine = Membership.objects.current().filter(group=OuterRef("pk"), person=viewer.pk)
        return self.filter(Q(visibility=Group.Visibility.PUBLIC) | Exists(mine))

    def joined_by(self, person: Viewer) -> Self:
        return self.filter(Exists(Membership.objects.current().filter(group=OuterRef("pk"), person=person.pk)))


class Group(Addressed):
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

    objects = GroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("exercise group")
        verbose_name_plural = _("exercise groups")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("groups:group", args=[self.slug])

    def speaks(self, language: str) -> bool:
        """Whether the group says that it speaks a language of the site; one that says nothing may."""
        return not self.languages or NATIVE_NAMES[language].lower() in self.languages.lower()


class MembershipQuerySet(VisibilityQuerySet["Membership"]):
    def _visible_to(self, viewer: Viewer) -> Self:
        """Fellow members of a current membership, without blocked people; nobody else sees who is in."""
        if not viewer.is_authenticated:
            return self.none()
        shared = Membership.objects.current().filter(group=OuterRef("group"), person=viewer)
        return self.current().filter(Exists(shared), person__in=User.objects.visible_to(viewer))

    def current(self) -> Self:
        return self.filter(left_at__isnull=True, banned_at__isnull=True)

    def banned(self) -> Self:
        return self.filter(banned_at__isnull=False)

    def hosting(self) -> Self:
        return self.current().filter(role__in=HOSTING)


class Membership(Addressed):
    """A person in a group. Leaving keeps no role; a ban keeps the row so that it holds."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    joined_at = models.DateTimeField(_("joined"), default=clock.now)
    left_at = models.DateTimeField(_("left"), null=True, blank=True)
    banned_at = models.DateTimeField(_("banned"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(fields=["group", "person"], name="membership_unique"),
        ]
        indexes = [models.Index(fields=["person", "group"], name="membership_of_person")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.person_id}"

    @property
    def is_current(self) -> bool:
        return self.left_at is None and self.banned_at is None

    @property
    def is_hosting(self) -> bool:
        """Whether this membership may host: as owner or host."""
        return self.is_current and self.role in HOSTING
