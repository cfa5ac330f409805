"""Nothing waits in a broker or in a worker's memory, and no request talks to a broker (decision 0018)."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

from mindmove.celery import app
from mindmove.settings.celery import celery_settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ["mindmove", "reminders", "groups", "plans", "library", "moderation", "notifications", "accounts", "core"]
LONGEST_WAIT = 300
PUBLISHES = {"apply_async", "delay", "send_task"}


def trees() -> list[tuple[Path, ast.Module]]:
    paths = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    return [(path, ast.parse(path.read_text(encoding="utf-8"))) for path in paths]


def waits(tree: ast.AST) -> list[str]:
    """Return what in the code asks a message to wait: any `eta`, a `countdown` that is long or not written out."""
    found = []
    for node in ast.walk(tree):
        pairs = []
        if isinstance(node, ast.Call):
            pairs = [(word.arg, word.value) for word in node.keywords]
        elif isinstance(node, ast.Dict):
            entries = zip(node.keys, node.values, strict=True)
            pairs = [(key.value, value) for key, value in entries if isinstance(key, ast.Constant)]
        for name, value in pairs:
            is_short = isinstance(value, ast.Constant) and isinstance(value.value, int | float)
            if name == "eta" or (name == "countdown" and not (is_short and value.value <= LONGEST_WAIT)):
                found.append(f"{name} in line {node.lineno}")
    return found


def publishing(tree: ast.AST) -> list[str]:
    return [
        f"{node.func.attr} in line {node.lineno}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in PUBLISHES
    ]


def test_no_message_waits_in_a_worker() -> None:
    assert {str(path): found for path, tree in trees() if (found := waits(tree))} == {}


@pytest.mark.parametrize(
    "code",
    [
        "f.apply_async(eta=soon)",
        "f.apply_async(countdown=301)",
        "f.apply_async(countdown=minutes * 60)",
        "table = {'options': {'countdown': 3600}}",
    ],
)
def test_control_waits_are_found(code: str) -> None:
    assert waits(ast.parse(code))


def test_nothing_but_beat_publishes() -> None:
    assert {str(path): found for path, tree in trees() if (found := publishing(tree))} == {}


def test_control_publishing_is_found() -> None:
    assert publishing(ast.parse("deliver.delay()"))


@pytest.mark.django_db  # loading the tasks checks the models
@pytest.mark.parametrize("name", sorted(app.conf.beat_schedule))
def test_a_tick_expires_and_its_task_is_there(name: str) -> None:
    entry = app.conf.beat_schedule[name]
    app.loader.import_default_modules()

    assert 0 < entry["options"]["expires"] <= 3600
    assert set(entry["options"]) == {"expires"}
    assert entry["task"] in app.tasks


def test_settings_are_those_of_the_decision(tmp_path: Path) -> None:
    given = celery_settings(redis_url="redis://127.0.0.1:1/0", var_dir=tmp_path)
    redis = given["CELERY_BROKER_TRANSPORT_OPTIONS"]

    assert (given["CELERY_TASK_ACKS_LATE"], given["CELERY_TASK_REJECT_ON_WORKER_LOST"]) == (False, False)
    assert given["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1
    assert given["CELERY_TASK_PUBLISH_RETRY"] is False
    assert redis["socket_connect_timeout"] <= 1
    assert redis["socket_timeout"] <= 2
    assert redis["visibility_timeout"] <= 120
    assert given["CELERY_TASK_SOFT_TIME_LIMIT"] < given["CELERY_TASK_TIME_LIMIT"] < 60  # a lease
