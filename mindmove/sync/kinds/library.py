"""The library as it is public, and what I marked in it."""

from typing import Any

from django.db.models import Case, F, OuterRef, Prefetch, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Concat, JSONArray

from accounts.models import User
from library.models import (
    Caveat,
    Citation,
    Claim,
    Emphasis,
    ExerciseType,
    Mark,
    Mechanism,
    Need,
    NeedMechanism,
    NeedType,
    RedFlag,
    Relation,
    SafetyText,
    TypeCaution,
)
from library.models.marks import MARKABLE
from mindmove.sync.kind import Kind, Rows
from mindmove.sync.shapes import library as shapes
from mindmove.sync.shapes.base import KeyShape, SlugShape
from mindmove.sync.versions import Parts, gathered, linked

SEVERITY = list(RedFlag.Action.values)


def _known(person: User) -> Any:
    """Return the mechanisms that others may name."""
    return Mechanism.objects.visible_to(person)


def _cited(person: User) -> Any:
    return Citation.objects.visible_to(person).order_by("pk")


def _claims(person: User) -> Any:
    return Claim.objects.visible_to(person).order_by("order", "pk")


def _caveats(person: User) -> Any:
    return Caveat.objects.visible_to(person).order_by("order", "pk")


def _relations(person: User) -> Any:
    return Relation.objects.visible_to(person).filter(target__in=_known(person)).order_by("order", "pk")


def _emphases(person: User) -> Any:
    return Emphasis.objects.visible_to(person).filter(mechanism__in=_known(person)).order_by("-weight", "pk")


def _cautions(person: User) -> Any:
    return TypeCaution.objects.visible_to(person).order_by("order", "pk")


def _types(person: User) -> Any:
    return NeedType.objects.visible_to(person).order_by("order", "pk")


def _reasons(person: User) -> Any:
    return NeedMechanism.objects.visible_to(person).filter(mechanism__in=_known(person)).order_by("order", "pk")


def _flags(person: User) -> Any:
    return RedFlag.objects.visible_to(person).order_by("need", "order", "pk")


def _parts_of_mechanism(person: User) -> Parts:
    here = {"mechanism": OuterRef("pk")}
    cited = gathered(KeyShape, linked(_cited(person), Claim.citations, "claim", "citation"))
    return {
        "claims": gathered(shapes.ClaimShape, _claims(person).filter(**here), {"sources": cited}),
        "caveats": gathered(shapes.CaveatShape, _caveats(person).filter(**here)),
        "relations": gathered(shapes.RelationShape, _relations(person).filter(**here)),
    }


def _mechanism_detail(rows: Rows, person: User) -> Rows:
    claims = _claims(person).prefetch_related(Prefetch("citations", _cited(person), to_attr="shown_citations"))
    return rows.select_related("domain").prefetch_related(
        Prefetch("claims", claims, to_attr="shown_claims"),
        Prefetch("caveats", _caveats(person), to_attr="shown_caveats"),
        Prefetch("relations", _relations(person).select_related("target"), to_attr="shown_relations"),
    )


def _parts_of_type(person: User) -> Parts:
    here = {"exercise_type": OuterRef("pk")}
    checked = gathered(
        shapes.CheckedShape, linked(_cited(person), ExerciseType.headline_citations, "exercisetype", "citation")
    )
    emphases = _emphases(person).filter(**here)
    needs = linked(Need.objects.visible_to(person), ExerciseType.suits_needs, "exercisetype", "need")
    return {
        "headline_en": JSONArray(F("headline_en"), checked),
        "headline_zh_hans": F("headline_zh_hans"),
        "emphases": gathered(shapes.EmphasisShape, emphases, {"strength": F("weight")}),
        "cautions": gathered(shapes.TypeCautionShape, _cautions(person).filter(**here)),
        "suits_needs": gathered(SlugShape, needs),
    }


def _type_detail(rows: Rows, person: User) -> Rows:
    return rows.prefetch_related(
        Prefetch("headline_citations", _cited(person), to_attr="shown_citations"),
        Prefetch("emphases", _emphases(person).select_related("mechanism"), to_attr="shown_emphases"),
        Prefetch("cautions", _cautions(person), to_attr="shown_cautions"),
        Prefetch("suits_needs", Need.objects.visible_to(person).order_by("pk"), to_attr="shown_needs"),
    )


def _parts_of_need(person: User) -> Parts:
    here = {"need": OuterRef("pk")}
    return {
        "exercise_types": gathered(shapes.NeedTypeShape, _types(person).filter(**here)),
        "mechanisms": gathered(shapes.NeedMechanismShape, _reasons(person).filter(**here)),
        "red_flags": gathered(
            shapes.RedFlagShape,
            RedFlag.objects.visible_to(person).shown_with(OuterRef("pk")).order_by("need", "order", "pk"),  # type: ignore[arg-type]
        ),
    }


def _need_detail(rows: Rows, person: User) -> list[Any]:
    found = rows.prefetch_related(
        Prefetch("type_links", _types(person).select_related("exercise_type"), to_attr="shown_types"),
        Prefetch("mechanism_links", _reasons(person).select_related("mechanism"), to_attr="shown_mechanisms"),
    )
    flags = sorted(_flags(person), key=lambda flag: SEVERITY.index(flag.action))
    needs: list[Any] = list(found)
    for need in needs:
        need.shown_red_flags = [flag for flag in flags if flag.need_id in {None, need.pk}]
    return needs


def _page_kind() -> Combinable:
    return Case(
        *(When(**{f"{kind}__isnull": False, "then": Value(kind)}) for kind in MARKABLE), output_field=TextField()
    )


def _page_slug() -> Combinable:
    return Coalesce(*(F(f"{kind}__slug") for kind in MARKABLE))


MECHANISM = Kind(
    "mechanism",
    Mechanism,
    shapes.MechanismShape,
    lookup="slug",
    detail=_mechanism_detail,
    parts=_parts_of_mechanism,
)
EXERCISE_TYPE = Kind(
    "exercise_type",
    ExerciseType,
    shapes.ExerciseTypeShape,
    lookup="slug",
    detail=_type_detail,
    parts=_parts_of_type,
)
NEED = Kind(
    "need",
    Need,
    shapes.NeedShape,
    lookup="slug",
    detail=_need_detail,
    parts=_parts_of_need,
)
SAFETY_TEXT = Kind(
    "safety_text",
    SafetyText,
    shapes.SafetyTextShape,
    made_from={"places": F("placements")},
    key=Concat(F("group"), Value("/"), F("key"), output_field=TextField()),
)
MARK = Kind(
    "mark",
    Mark,
    shapes.MarkShape,
    related=tuple(MARKABLE),
    made_from={"page_kind": _page_kind(), "slug": _page_slug()},
    key=Concat(F("sense"), Value("/"), _page_kind(), Value("/"), _page_slug(), output_field=TextField()),
)
