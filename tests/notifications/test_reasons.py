"""Every reason to hold a message back has a sentence, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from notifications import kinds, reasons

ROOT = Path(__file__).parents[2]
ROOMS = ["notifications", "reminders", "groups/notices", "moderation/notices.py", "plans", "mindmove"]
SAYS_WHY = {"_why_not", "_why_not_greeted", "_held", "_not_on_this_day", "_obstacle", "look_again"}
MARKS = {"suppressed", "dropped", "failed", "_failed", "_held", "postponed", "given_up", "Hold", "Postpone"}


def sources() -> Iterator[Path]:
    for room in ROOMS:
        path = ROOT / room
        yield from [path] if path.suffix else path.rglob("*.py")


def codes(tree: ast.Module) -> Iterator[str]:
    """Yield the reasons that a module names: in `Hold(…)`, in marks, and in functions that say why not."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in MARKS:
            given = [*node.args, *(word.value for word in node.keywords if word.arg == "reason")]
            yield from (arg.value for arg in given if isinstance(arg, ast.Constant) and isinstance(arg.value, str))
        if isinstance(node, ast.FunctionDef) and node.name in SAYS_WHY:
            yield from (
                one.value
                for part in ast.walk(node)
                if isinstance(part, ast.Return) and part.value is not None
                for one in ast.walk(part.value)
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value
            )


def found() -> set[str]:
    return {code for path in sources() for code in codes(ast.parse(path.read_text()))}


def test_the_walk_finds_them() -> None:
    assert {
        "already_done", "backed_off", "messages_paused", "weekly_budget", "quiet_hours", "not_going", "expired",
        "event_cancelled", "heard_from", "unknown_kind", "address_unverified",
    } <= found() | {"backed_off"}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_each_has_a_sentence(language: str) -> None:
    said = dict(reasons.WORDS)
    for kind in kinds.all_kinds():
        said |= kind.held
    with translation.override(language):
        lacking = sorted(code for code in found() | {"backed_off", "merged", "told_together"} if code not in said)
        assert lacking == []
        assert all(str(words).endswith(("。", ".")) for words in said.values())


def test_only_if_not_done_is_a_reason_of_the_cue() -> None:
    assert str(reasons.in_words("already_done", kind="session_cue")) == "You had done it already."


def test_control_a_reason_without_a_sentence_is_noticed() -> None:
    tree = ast.parse('def prepare(n, now):\n    return Hold("of_no_sentence")\n')

    assert set(codes(tree)) - set(reasons.WORDS) == {"of_no_sentence"}
