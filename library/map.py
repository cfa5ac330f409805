"""The mechanism map, put together from rows that were fetched for its reader. No query here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from library.drawing.draw import draw
from library.drawing.scene import BESIDE, SMALL, TALL, WIDE, Drawing, Edge, Node
from library.models import Domain, Horizon, Mechanism, Relation

FARTHEST_FIRST = (Horizon.MONTHS, Horizon.WEEKS, Horizon.MINUTES)


@dataclass(frozen=True)
class MapPage:
    """The same map for a wide window and for a phone, and what it says in words."""

    wide: Drawing
    tall: Drawing
    mechanisms: list[Mechanism]
    domains: list[Domain]
    kinds: list[tuple[str, str]]


def map_page(mechanisms: list[Mechanism]) -> MapPage:
    """`mechanisms` come from `MechanismQuerySet.with_relations`."""
    nodes, edges = nodes_of(mechanisms), edges_of(mechanisms)
    return MapPage(
        wide=draw(nodes, edges, WIDE, horizons=horizons()),
        tall=draw(nodes, edges, TALL, horizons=horizons()),
        mechanisms=mechanisms,
        domains=domains_of(mechanisms),
        kinds=[(kind.value, str(kind.label)) for kind in Relation.Kind],
    )


def map_answer(mechanisms: list[Mechanism]) -> dict[str, object]:
    """Return the map as the API tells it."""
    return {
        "horizons": [{"horizon": horizon.value, "name": horizon.label} for horizon in Horizon],
        "domains": domains_of(mechanisms),
        "nodes": mechanisms,
        "edges": [relation for mechanism in mechanisms for relation in shown_relations(mechanism)],
    }


def in_small(mechanisms: list[Mechanism]) -> Drawing:
    """Return the map without names."""
    return draw(nodes_of(mechanisms), edges_of(mechanisms), SMALL, horizons=horizons())


def strengthens(mechanism: Mechanism) -> Drawing:
    """Return one mechanism with those that it strengthens, its trails lit."""
    around = {mechanism.pk: mechanism} | {
        relation.target_id: relation.target for relation in shown_relations(mechanism)
    }
    in_order = sorted(around.values(), key=lambda row: (row.domain.order, row.order))
    return draw(nodes_of(in_order), edges_of([mechanism]), BESIDE, horizons=horizons(), highlights={mechanism.slug})


def horizons() -> dict[str, str]:
    return {horizon.value: str(horizon.label) for horizon in FARTHEST_FIRST}


def domains_of(mechanisms: Sequence[Mechanism]) -> list[Domain]:
    return list({mechanism.domain_id: mechanism.domain for mechanism in mechanisms}.values())


def nodes_of(mechanisms: Sequence[Mechanism]) -> list[Node]:
    return [
        Node(
            slug=mechanism.slug,
            name=mechanism.name,
            url=mechanism.get_absolute_url(),
            domain=mechanism.domain.slug,
            domain_name=mechanism.domain.name,
            horizon=mechanism.horizon,
        )
        for mechanism in mechanisms
    ]


def edges_of(mechanisms: Sequence[Mechanism]) -> list[Edge]:
    return [
        Edge(mechanism.slug, relation.target.slug, relation.kind)
        for mechanism in mechanisms
        for relation in shown_relations(mechanism)
    ]


def shown_relations(mechanism: Mechanism) -> list[Relation]:
    relations: list[Relation] = getattr(mechanism, "shown_relations", [])
    return relations
