"""The gate: what a plan must have before anybody may follow it."""

from collections.abc import Iterator

from django.db import models, transaction
from django.db.models import Prefetch
from django.utils.translation import gettext as _
from modeltranslation.translator import translator

from core.errors import InvalidInput
from library.caching import content_changed
from plans.manuscript import LANGUAGES, RESERVED
from plans.models import PlanTemplate, Session, Week

type Lack = tuple[str, str]  # field, what is wrong with it


@transaction.atomic
def publish_plan(*, template: PlanTemplate) -> PlanTemplate:
    """Offer the plan to everybody, or raise InvalidInput with the first thing it lacks, on its field."""
    weeks = Week.objects.prefetch_related(Prefetch("sessions", Session.objects.prefetch_related("mechanisms")))
    locked = PlanTemplate.objects.select_for_update(of=("self",)).prefetch_related(
        Prefetch("week_set", weeks), "contraindications", "citations"
    )
    found = locked.get(pk=template.pk)
    for field, message in lacks(found):
        raise InvalidInput("not_publishable", message, field=field)
    found.is_published = True
    found.save(update_fields=["is_published"])
    content_changed()
    return found


def withdraw_plan(*, template: PlanTemplate) -> None:
    """Offer the plan to nobody new. Whoever follows it keeps their logs."""
    PlanTemplate.objects.filter(pk=template.pk).update(is_published=False)
    content_changed()


def lacks(template: PlanTemplate) -> Iterator[Lack]:
    """Say what keeps the plan from being published."""
    if template.slug in RESERVED:
        yield "slug", _("This word is the address of another page.")
    if not template.citations.all():
        yield "citations", _("Name at least one source.")
    yield from _untranslated(template)
    for caution in template.contraindications.all():
        yield from _untranslated(caution, "contraindications.")
    weeks = template.week_set.all()
    if len(weeks) != template.weeks:
        yield "weeks", _("The number of weeks differs from the weeks that are written.")
    for week in weeks:
        yield from _lacks_of_week(week)


def _lacks_of_week(week: Week) -> Iterator[Lack]:
    where = f"week_set.{week.number}."
    yield from _untranslated(week, where)
    sessions = week.sessions.all()
    if not sessions:
        yield f"{where}sessions", _("This week has no session yet.")
    for session in sessions:
        yield from _untranslated(session, f"{where}sessions.{session.number}.")
        if not session.mechanisms.all():
            yield f"{where}sessions.{session.number}.mechanisms", _("Say at least one reason why this helps.")


def _untranslated(row: models.Model, where: str = "") -> Iterator[Lack]:
    """Every text in both languages; a session without its floor is found here too."""
    for name in translator.get_options_for_model(type(row)).all_fields:
        for language in LANGUAGES:
            text = getattr(row, f"{name}_{language.replace('-', '_')}")
            if not (text or "").strip():
                yield f"{where}{name}", _("This text is needed in both languages.")
