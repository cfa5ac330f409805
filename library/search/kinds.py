"""What of the library can be found, and how it reads. Never what only editors see, never a figure nobody checked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from library.models import Citation, Domain, ExerciseType, HelpLine, HelpRegion, Mechanism, Need, RedFlag, SafetyText
from library.models.exercise import TypeCaution
from library.models.mechanisms import Caveat, Claim
from library.models.needs import NeedType
from library.searchable import Description, Searchable, register


@dataclass(frozen=True)
class Page:
    """A page without a row of its own. `pk` stays what it is."""

    pk: int
    route: str
    title: Promise
    line: Promise


PAGES = [
    Page(1, "library:get_help", _("Get help"), _("If things are too much right now: get help")),
    Page(
        2,
        "library:finder",
        _("Where do I start?"),
        _("Three questions, and then ten minutes that would count. Nothing of this is kept."),
    ),
    Page(
        3,
        "library:exercise_types",
        _("Kinds of exercise"),
        _("The kind that you would do again is the one to choose."),
    ),
    Page(4, "library:safety", _("Before you start, and when to stop"), _("When exercise gets too much")),
    Page(5, "library:sources", _("Sources"), _("All sources")),
    Page(
        6,
        "library:dose",
        _("How much is enough?"),
        _("Some is better than none. Ten minutes count, and so does one."),
    ),
    Page(
        7,
        "library:map",
        _("How it all connects"),
        _("Along the path, what may be felt within minutes; in the woods, over weeks; on the ridge, over months."),
    ),
]


def describe_mechanism(row: Mechanism) -> Description:
    """Reasons beside other mechanisms are left out: those may be drafts."""
    claims = [claim.text for claim in row.claims.all()]
    caveats = [caveat.text for caveat in row.caveats.all()]
    body = [*claims, row.try_it, *caveats, row.does_not_apply_to, row.grade_reason]
    return Description(row.slug, row.name, row.one_line, body, grade=row.grade)


def describe_need(row: Need) -> Description:
    whys = [link.why for link in row.type_links.all()]
    flags = [flag.text for flag in row.red_flags.all()]
    return Description(row.slug, row.name, row.first_person, [row.action_title, row.first_ten_minutes, *whys, *flags])


def describe_domain(row: Domain) -> Description:
    return Description(row.slug, row.name, row.summary, grade=row.grade)


def describe_type(row: ExerciseType) -> Description:
    """The headline is left out: it depends on whether its sources are checked."""
    cautions = [caution.text for caution in row.cautions.all()]
    return Description(row.slug, row.name, row.one_line, [", ".join(row.example_list), row.dose_note, *cautions])


def describe_citation(row: Citation) -> Description:
    line = f"{row.authors} ({row.year}). {row.journal}"
    return Description(row.key, row.title, line, [row.shown_finding])


def describe_line(row: HelpLine) -> Description:
    region = row.region
    return Description(region.code if region else "", row.name, row.note, [row.phone, row.hours])


def describe_safety(row: SafetyText) -> Description:
    return Description(row.group, capfirst(row.get_group_display()), row.text)


def describe_page(page: Page) -> Description:
    return Description(page.route, str(page.title), str(page.line))


def _section(route: str) -> Callable[[str], str]:
    """Return the address of a place on a page."""
    return lambda key: f"{reverse(route)}#{key}"


def _page(route: str) -> Callable[[str], str]:
    return lambda key: reverse(route, args=[key])


def _help_address(region: str) -> str:
    return f"{reverse('library:get_help')}{f'?region={region}' if region else '#international'}"


MECHANISMS = Searchable(
    kind="mechanism",
    label=_("Why moving helps"),
    rank=2,
    weight=100,
    model=Mechanism,
    rows=lambda: Mechanism.objects.prefetch_related("claims", "caveats"),
    describe=describe_mechanism,
    address=_page("library:mechanism"),
    parts={Claim: "mechanism", Caveat: "mechanism"},
)
NEEDS = Searchable(
    kind="need",
    label=_("A first step"),
    rank=1,
    weight=100,
    model=Need,
    rows=lambda: Need.objects.prefetch_related("type_links", "red_flags"),
    describe=describe_need,
    address=_page("library:need"),
    parts={NeedType: "need", RedFlag: "need"},
)
TYPES = Searchable(
    kind="exercise",
    label=_("Kind of exercise"),
    rank=3,
    weight=90,
    model=ExerciseType,
    rows=lambda: ExerciseType.objects.prefetch_related("cautions"),
    describe=describe_type,
    address=_page("library:exercise_type"),
    parts={TypeCaution: "exercise_type"},
)
DOMAINS = Searchable(
    kind="domain",
    label=_("Field"),
    rank=5,
    weight=70,
    model=Domain,
    rows=Domain.objects.all,
    describe=describe_domain,
    address=_section("library:domain_list"),
)
PAGE_KIND = Searchable(
    kind="page",
    label=_("Page"),
    rank=6,
    weight=90,
    model=Page,
    rows=lambda: PAGES,
    describe=describe_page,
    address=reverse,
)
SAFETY = Searchable(
    kind="safety",
    label=_("Staying safe"),
    rank=7,
    weight=90,
    model=SafetyText,
    rows=SafetyText.objects.all,
    describe=describe_safety,
    address=_section("library:safety"),
    has_names=False,
)
HELP_REGIONS = Searchable(
    kind="help-region",
    label=_("Get help"),
    rank=8,
    weight=90,
    model=HelpRegion,
    rows=HelpRegion.objects.all,
    describe=lambda row: Description(row.code, row.name, row.emergency_numbers),
    address=_help_address,
)
HELP_LINES = Searchable(
    kind="help-line",
    label=_("Get help"),
    rank=9,
    weight=70,
    model=HelpLine,
    rows=lambda: HelpLine.objects.select_related("region"),
    describe=describe_line,
    address=_help_address,
)
CITATIONS = Searchable(
    kind="source",
    label=_("Source"),
    rank=10,
    weight=40,
    model=Citation,
    rows=Citation.objects.all,
    describe=describe_citation,
    address=_section("library:sources"),
)
KINDS = [MECHANISMS, NEEDS, TYPES, DOMAINS, PAGE_KIND, SAFETY, HELP_REGIONS, HELP_LINES, CITATIONS]


def register_kinds() -> None:
    for kind in KINDS:
        register(kind)
