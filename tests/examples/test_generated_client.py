"""A typed client can be made of docs/openapi.json, whole and without a warning (`make types` checks its types)."""

import compileall
import json
from pathlib import Path
from typing import Any

import pytest

from tests.kit.generated_client import DOCUMENT, generate, generated_client

UNSAFE = {"post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return json.loads(DOCUMENT.read_text())


def operations(document: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for path in document["paths"].values() for one in path.values()]


def test_it_is_made_without_a_warning_and_compiles() -> None:
    assert compileall.compile_dir(generated_client() / "mindmove_client", quiet=1, force=True)


def test_no_operation_is_left_out(document: dict[str, Any]) -> None:
    modules = (generated_client() / "mindmove_client" / "api").glob("*/*.py")
    made = sorted(path.stem for path in modules if path.stem != "__init__")
    assert made == sorted(one["operationId"] for one in operations(document))


def test_every_model_says_what_it_holds(document: dict[str, Any]) -> None:
    """An object without properties would come as a dictionary of anything."""
    found = [name for name, schema in document["components"]["schemas"].items() if untyped(schema)]
    assert found == []


def untyped(schema: Any) -> bool:
    if isinstance(schema, list):
        return any(untyped(inner) for inner in schema)
    if not isinstance(schema, dict):
        return False
    if schema.get("type") == "object" and not schema.get("properties") and not schema.get("additionalProperties"):
        return True
    return any(untyped(inner) for key, inner in schema.items() if key not in {"example", "examples"})


def test_what_cannot_be_made_is_an_error(document: dict[str, Any], tmp_path: Path) -> None:
    path = document["paths"]["/api/v1/posts/{uuid}/cheer/"]["put"]
    path["requestBody"] = {"content": {"application/x-unheard-of": {"schema": {"type": "string"}}}}
    (tmp_path / "openapi.json").write_text(json.dumps(document))
    done = generate(tmp_path / "client", tmp_path / "openapi.json")
    assert done.returncode == 1, done.stdout
    assert "x-unheard-of" in done.stdout + done.stderr
