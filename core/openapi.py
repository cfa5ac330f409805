"""How the API describes itself (drf-spectacular)."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.plumbing import is_patched_serializer
from rest_framework import serializers

from core.permissions import Anyone

TAG: dict[str, Any] = {"schema": {"type": "string"}, "example": '"9f86d081884c7d659a2feaa0c55ad015"'}
ETAG = {"description": "Which version this is.", **TAG}
NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "description": "The `ETag` of what the caller has; unchanged is 304.",
    **TAG,
}
MATCH = {
    "in": "header",
    "name": "If-Match",
    "description": "The `ETag` of what the caller changes; anything else by now is 412, and nothing has changed.",
    **TAG,
}


class HouseSchema(AutoSchema):
    """Says of what anybody may read that it needs no credential, and of an open choice that it may be blank.

    The shape of a change (PATCH) names in `needed_in_change` what may not be left out of it.
    """

    def get_auth(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = super().get_auth()
        is_open = any(isinstance(permission, Anyone) for permission in self.view.get_permissions())
        return [*found, {}] if is_open else found

    def get_operation(self, *args: Any, **kwargs: Any) -> dict[str, Any] | None:
        """Name the tag of what can be changed, and the headers that heed it (`core.preconditions`)."""
        operation: dict[str, Any] | None = super().get_operation(*args, **kwargs)
        act = getattr(self.view, "action", None) or self.method.lower()
        if operation is not None and act in getattr(self.view, "tagged_acts", ()):
            _tagged(operation, is_safe=self.method == "GET")
        if operation is not None and act in getattr(self.view, "matching_acts", ()):
            _held(operation, is_wanted=act in getattr(self.view, "strict_acts", ()))
        return operation

    def _postprocess_serializer_schema(self, schema: Any, serializer: Any, direction: str) -> Any:
        """Name what a change cannot be said without, where all else may be left out."""
        found = super()._postprocess_serializer_schema(schema, serializer, direction)  # type: ignore[no-untyped-call]
        needed = list(getattr(serializer, "needed_in_change", ()))
        return found | {"required": needed} if needed and is_patched_serializer(serializer, direction) else found

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:  # noqa: FBT001, FBT002
        if isinstance(field, serializers.ChoiceField) and field.read_only and _may_be_blank(field):
            field.allow_blank = True
        return super()._map_serializer_field(field, direction, bypass_extensions)  # type: ignore[no-untyped-call]


def _tagged(operation: dict[str, Any], *, is_safe: bool) -> None:
    for status in {"200", "201"} & operation["responses"].keys():
        operation["responses"][status]["headers"] = {"ETag": ETAG}
    if is_safe:
        operation.setdefault("parameters", []).append(NONE_MATCH)
        operation["responses"]["304"] = {"description": "It is as the caller knows it."}


def _held(operation: dict[str, Any], *, is_wanted: bool) -> None:
    operation.setdefault("parameters", []).append({**MATCH, "required": is_wanted})
    for status in ["412", *(["428"] if is_wanted else [])]:
        operation["responses"][status] = {"description": ""}  # said with the other refusals


def _may_be_blank(field: serializers.ChoiceField) -> bool:
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    columns = {column.name: column for column in model._meta.get_fields()} if model else {}  # noqa: SLF001
    return bool(getattr(columns.get(field.source), "blank", False))
