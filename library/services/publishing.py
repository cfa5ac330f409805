"""The gate to publication: no page without sources, a grade, a review date and a title in both languages."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from modeltranslation.utils import build_localized_fieldname

from core.errors import InvalidInput
from library.caching import content_changed
from library.models import EvidenceGrade, Mechanism, Publication


def refusals(mechanism: Mechanism, *, has_source: bool) -> list[InvalidInput]:
    """Return everything that keeps the page from being published, each naming its field."""
    found = []
    if not has_source:
        found.append(InvalidInput("no_source", _("Add a source before publishing."), field="citations"))
    if mechanism.grade not in EvidenceGrade.values:
        found.append(InvalidInput("no_grade", _("Give a grade before publishing."), field="grade"))
    dates = [name for name in ("reviewed_on", "review_due_on") if getattr(mechanism, name) is None]
    no_date = _("Enter the review date before publishing.")
    found += [InvalidInput("no_review_date", no_date, field=name) for name in dates]
    titles = [build_localized_fieldname("name", code) for code, _language in settings.LANGUAGES]
    no_title = _("Write the title in this language before publishing.")
    found += [InvalidInput("no_title", no_title, field=name) for name in titles if not getattr(mechanism, name)]
    return found


@transaction.atomic
def publish_mechanism(
    *, mechanism: Mechanism, reviewed_on: date | None = None, review_due_on: date | None = None
) -> Mechanism:
    """Make the page public, with the given review dates or those it has. Raises InvalidInput."""
    page = Mechanism.objects.select_for_update().get(pk=mechanism.pk)
    page.reviewed_on = reviewed_on or page.reviewed_on
    page.review_due_on = review_due_on or page.review_due_on
    for refusal in refusals(page, has_source=page.citations.exists()):
        raise refusal
    if page.status == Publication.PUBLISHED and reviewed_on is None and review_due_on is None:
        return page
    page.status = Publication.PUBLISHED
    page.save(update_fields=["status", "reviewed_on", "review_due_on"])
    content_changed()
    return page
