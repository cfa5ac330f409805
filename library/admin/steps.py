"""The buttons below a page: each saves it and takes one step on its way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from library.models import Mechanism, Publication
from library.services import publishing

DRAFT, REVIEW, SCHEDULED, PUBLISHED = Publication


@dataclass(frozen=True)
class Taken:
    """What the editor gave with the step."""

    by: User
    note: str
    at: datetime | None
    now: datetime


@dataclass(frozen=True)
class Step:
    name: str
    label: Promise
    done: Promise
    comes_from: tuple[Publication, ...]
    take: Callable[[Mechanism, Taken], None]
    needs: str = "library.publish"


STEPS = [
    Step(
        "_submit_for_review",
        _("Ask for a review"),
        _("It is in review now."),
        (DRAFT,),
        lambda page, given: publishing.submit_for_review(page=page, by=given.by, note=given.note),
        needs="library.change_mechanism",
    ),
    Step(
        "_publish",
        _("Publish now"),
        _("It is on the site now, in both languages."),
        (DRAFT, REVIEW, SCHEDULED),
        lambda page, given: publishing.publish(page=page, by=given.by, note=given.note),
    ),
    Step(
        "_schedule",
        _("Publish at the set time"),
        _("It will be published at the set time."),
        (DRAFT, REVIEW, SCHEDULED),
        lambda page, given: publishing.schedule_publication(
            page=page, at=given.at, now=given.now, by=given.by, note=given.note
        ),
    ),
    Step(
        "_send_back",
        _("Send back"),
        _("It is a draft again, and its writer can read why."),
        (REVIEW, SCHEDULED),
        lambda page, given: publishing.send_back(page=page, by=given.by, note=given.note),
    ),
    Step(
        "_unpublish",
        _("Take off the site"),
        _("It is off the site and a draft again."),
        (PUBLISHED,),
        lambda page, given: publishing.unpublish(page=page, by=given.by, note=given.note),
    ),
]


def offered(request: HttpRequest, page: Mechanism | None) -> list[Step]:
    """Return the steps that this person can take from where the page stands."""
    status = page.status if page else DRAFT
    return [step for step in STEPS if status in step.comes_from and request.user.has_perm(step.needs)]


def pressed(request: HttpRequest, page: Mechanism) -> Step | None:
    return next((step for step in offered(request, page) if step.name in request.POST), None)
