"""What each kind of article is made of, in its content file and in the tables. Loading and dumping, keeping,
comparing and restoring versions all follow from this page.
"""

from __future__ import annotations

from library import models
from library.services.content.parts import AsSeen, Commas, Many, One, Part, Plain, Seen, Settled, Span, Texts, Within
from library.services.content.shapes import Listing, Rows, Shape

CITE = Many("cite", "citations")
OWN_TEXT = Texts("text", is_own=True)
WHY = Texts("why")
CITATION = Shape(
    models.Citation,
    (
        Plain("key"),
        Plain("tier"),
        Plain("authors"),
        Plain("year"),
        Plain("title"),
        Plain("journal"),
        Plain("ref", "reference", ""),
        Plain("doi", default=""),
        Plain("doi_seen", "doi_is_verified", default=False),
        Plain("doi_note", default=""),
        Plain("kind"),
        Plain("n", "people_count", None),
        Plain("n_note", "people_note", ""),
        Seen("verified", "is_verified"),
        AsSeen("numbers_verified"),
        Plain("seen_at", default=""),
        Plain("editors_note", default=""),
        Texts("finding"),
        Settled("waits_for_editor"),
    ),
    key=("key",),
)
DOMAIN = Shape(
    models.Domain,
    (
        Plain("slug"),
        Plain("order"),
        Texts("name"),
        Texts("summary"),
        Within("time_horizon", parts=(Plain("start", "starts"), Plain("settles"))),
        Plain("overall_grade", "grade"),
    ),
)
PHASE = Shape(
    models.Phase,
    (Plain("slug"), Texts("span"), Texts("text"), Many("mechanisms")),
    is_placed=True,
)
MECHANISM = Shape(
    models.Mechanism,
    (
        Plain("slug"),
        One("domain"),
        Plain("order"),
        Texts("name"),
        Texts("one_line"),
        Plain("time_horizon", "horizon"),
        Plain("evidence_grade", "grade", ""),
        Within(
            "grade_detail",
            parts=(
                Plain("exercise_changes_it", "grade_of_change", ""),
                Plain("explains_benefit", "grade_of_benefit", ""),
            ),
        ),
        Texts("grade_reason"),
        Rows("how_it_works", "claims", models.Claim, "mechanism", (OWN_TEXT, Plain("basis"), CITE)),
        Rows("caveats", "caveats", models.Caveat, "mechanism", (OWN_TEXT,)),
        Texts("does_not_apply_to", is_optional=True),
        Texts("try_it"),
        Many("citations"),
        Rows(
            "related",
            "relations",
            models.Relation,
            "mechanism",
            (One("slug", "target"), Plain("relation", "kind"), WHY),
        ),
        Texts("editors_record", is_optional=True),
        Plain("status", default=models.Publication.PUBLISHED.value),
        Plain("publish_at", default=None),
        Plain("reviewed_on", default=None),
        Plain("review_due_on", default=None),
    ),
)
EXERCISE_TYPE = Shape(
    models.ExerciseType,
    (
        Plain("slug"),
        Plain("order"),
        Plain("entry_level", "is_entry_level", default=False),
        Texts("name"),
        Texts("in_one_line", "one_line"),
        Rows(
            "mechanisms",
            "emphases",
            models.Emphasis,
            "exercise_type",
            (One("slug", "mechanism"), Plain("weight"), Plain("basis"), CITE),
        ),
        Many("suits_needs"),
        Texts("headline"),
        Many("headline_cite", "headline_citations"),
        Rows("cautions", "cautions", models.TypeCaution, "exercise_type", (OWN_TEXT,)),
        Texts("examples", is_list=True),
        Texts("dose_note", is_optional=True),
        Within(
            "met",
            parts=(
                Span("range", "met"),
                Rows(
                    "values",
                    "met_values",
                    models.MetValue,
                    "exercise_type",
                    (Plain("code"), Texts("label"), Plain("met", default=None)),
                ),
                Seen("met_verified", "met_is_verified", default=False),
                Many("cite", "met_citations"),
            ),
        ),
    ),
)
COMPARISONS = Listing(
    Rows(
        "comparison_notes",
        model=models.ComparisonNote,
        parts=(OWN_TEXT, CITE, Seen("verified", "is_verified", default=True)),
    ),
    owner="",
)
GENERAL_FLAGS = Listing(
    Rows("general_red_flags", model=models.RedFlag, parts=(OWN_TEXT, Plain("action"))),
    owner="need",
)
NEED = Shape(
    models.Need,
    (
        Plain("slug"),
        Texts("name"),
        Texts("first_person"),
        Rows("exercise_types", "type_links", models.NeedType, "need", (One("slug", "exercise_type"), WHY, CITE)),
        Rows("mechanisms", "mechanism_links", models.NeedMechanism, "need", (One("slug", "mechanism"), WHY)),
        Within("first_action", parts=(Plain("minutes", "action_minutes"), Texts("title", "action_title"))),
        Texts("first_ten_minutes"),
        Rows(
            "red_flags",
            "red_flags",
            models.RedFlag,
            "need",
            (OWN_TEXT, Plain("action", default=models.RedFlag.Action.PROFESSIONAL.value)),
        ),
        Texts("do_not_say", is_optional=True),
        Texts("product_rule", is_optional=True),
    ),
    is_placed=True,
)
SAFETY_TEXT = Shape(
    models.SafetyText,
    (
        Plain("group"),
        Plain("key"),
        Plain("is_advice", default=False),
        Commas("placement", "placements", has_ends=True),
        OWN_TEXT,
        Plain("action", default=""),
        CITE,
        Plain("basis", "editors_note", ""),
    ),
    key=("group", "key"),
    is_placed=True,
)
LINE: tuple[Part, ...] = (
    Texts("name"),
    Plain("type", "kind", models.HelpLine.Kind.LINE.value),
    Plain("phone", default=""),
    Plain("url", default=""),
    Commas("channels"),
    Texts("hours", is_optional=True),
    Texts("note", is_optional=True),
    Seen("verified", "is_verified"),
    Plain("verified_on", default=None),
    Plain("review_due_on", default=None),
    Plain("seen_at", default=""),
)
HELP_REGION = Shape(
    models.HelpRegion,
    (
        Plain("code"),
        Texts("name"),
        Commas("emergency", "emergency_numbers"),
        Rows("lines", "lines", models.HelpLine, "region", LINE),
    ),
    key=("code",),
    is_placed=True,
)
INTERNATIONAL = Listing(Rows("international", model=models.HelpLine, parts=LINE), owner="region")

# By the name of their list in the file; in the order in which rows may refer to each other's keys.
KINDS: dict[str, Shape | Listing] = {
    "citations": CITATION,
    "domains": DOMAIN,
    "mechanisms": MECHANISM,
    "phases": PHASE,
    "exercise_types": EXERCISE_TYPE,
    "comparison_notes": COMPARISONS,
    "general_red_flags": GENERAL_FLAGS,
    "needs": NEED,
    "safety_texts": SAFETY_TEXT,
    "help_regions": HELP_REGION,
    "international": INTERNATIONAL,
}
FILES: dict[str, list[str]] = {
    "citations.yaml": ["citations"],
    "domains.yaml": ["domains", "phases"],
    "exercise_types.yaml": ["exercise_types", "comparison_notes"],
    "needs.yaml": ["general_red_flags", "needs"],
    "safety.yaml": ["safety_texts", "help_regions", "international"],
}
MECHANISM_FOLDER = "mechanisms"  # a file each
