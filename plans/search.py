"""Plans by editors among what can be found (see `library.searchable`). A member's own is in no index."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from library.searchable import Description, Searchable, register
from plans.models import Contraindication, PlanTemplate, Session, Week


def describe_plan(row: PlanTemplate) -> Description:
    """Sessions lend their titles; their instructions would drown the rest."""
    weeks = row.week_set.all()
    titles = {session.title: None for week in weeks for session in week.sessions.all()}
    cautions = [caution.text for caution in row.contraindications.all()]
    return Description(
        row.slug, row.title, row.goal, [row.audience, *(week.focus for week in weeks), ", ".join(titles), *cautions]
    )


def register_kinds() -> None:
    register(
        Searchable(
            kind="plan",
            label=_("Plan"),
            rank=4,
            weight=90,
            model=PlanTemplate,
            rows=lambda: PlanTemplate.objects.by_editors().prefetch_related("week_set__sessions", "contraindications"),
            describe=describe_plan,
            address=lambda slug: reverse("plans:template", args=[slug]),
            parts={Contraindication: "template", Week: "template", Session: "week.template"},
        )
    )
