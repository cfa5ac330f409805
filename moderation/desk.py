"""What a moderator sees of one thing: what it says, how often it was reported, what was decided before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Text
from moderation.models import Appeal, Decision, Report
from moderation.subjects import Subject, find_kind, label_of

SHOWN = 20


@dataclass(frozen=True)
class Case:
    """Everything about one thing. Who reported is left out: nobody needs it to decide."""

    about: Report | Decision
    subject: Subject | None
    row: Any | None

    @property
    def thing(self) -> str:
        return capfirst(str(label_of(self.about.about_kind)))

    @property
    def is_there(self) -> bool:
        return self.row is not None

    @property
    def person(self) -> User | None:
        return self.about.person

    @property
    def says_now(self) -> str:
        return self.subject.excerpt_of(self.row) if self.subject is not None and self.row is not None else ""

    @property
    def url(self) -> str:
        return self.subject.url_of(self.row) if self.subject is not None and self.row is not None else ""

    def reports(self) -> list[Report]:
        """Return the reports of this thing, newest first."""
        found = Report.objects.about(self.about.about_kind, self.about.about_id).order_by("-created_at")
        return list(found.select_related("decision")[:SHOWN])

    def earlier(self) -> list[Decision]:
        """Return what was decided before about this thing, or about its person."""
        of_thing = Decision.objects.about(self.about.about_kind, self.about.about_id)
        of_person = Decision.objects.filter(person=self.person) if self.person else Decision.objects.none()
        found = (of_thing | of_person).select_related("decided_by", "appeal").order_by("-created_at")
        return list(found[:SHOWN])


@dataclass(frozen=True)
class Waiting:
    """A line on the front page of the admin."""

    label: Text
    count: int
    address: str


def case_of(about: Report | Decision) -> Case:
    subject = find_kind(about.about_kind)
    return Case(about, subject, subject.look_up(about.about_id) if subject else None)


def waiting() -> list[Waiting]:
    """Return what waits for moderators, with the way to each list."""
    reports, appeals = reverse("admin:moderation_report_changelist"), reverse("admin:moderation_appeal_changelist")
    return [
        Waiting(_("Reports"), Report.objects.open().count(), f"{reports}?status__exact=open"),
        Waiting(
            _("Appeals"),
            Appeal.objects.filter(outcome=Appeal.Outcome.OPEN).count(),
            f"{appeals}?outcome__exact=open",
        ),
    ]
