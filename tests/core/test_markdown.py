"""What people write becomes clean HTML when it is written."""

import pytest

from core.markdown import to_html, to_text


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        '<img src=x onerror="alert(1)">',
        "![x](http://elsewhere.example/x.png)",
        '<a href="//elsewhere" onclick="x()">x</a>',
    ],
)
def test_nothing_that_runs_or_loads_survives(hostile: str) -> None:
    html = to_html(hostile)
    assert not any(word in html for word in ("<script", "<img", 'href="javascript', '<a href="//'))


def test_plain_formatting_survives() -> None:
    assert to_html("**Bring** [water](https://example.org)") == (
        '<p><strong>Bring</strong> <a href="https://example.org" rel="nofollow ugc noopener">water</a></p>\n'
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (
            "We meet on the **west** side,\nby the lions.\n\n\n在**西侧**。",
            "We meet on the west side,\nby the lions.\n\n在西侧。",
        ),
        ("Bring:\n\n- *water*\n- `salt`", "Bring:\n\n- water\n- salt"),
        ("3. up\n4. down", "3. up\n4. down"),
        ("- one\n\n  more\n  - within\n    it\n- two", "- one\n  more\n  - within\n    it\n- two"),
        ("1. one\n2. two\n\nthen\n\n* three", "1. one\n2. two\n\nthen\n\n- three"),
        ("- one\n\n1. two", "- one\n\n1. two"),
        ("# Rain\n\n> no\n>\n> yes", "Rain\n\nno\n\nyes"),
        ("<me@people.example> <https://example.org/路径>", "me@people.example https://example.org/路径"),
        ("[https://example.org/路](https://example.org/路)", "https://example.org/路"),
        ("*" * 2000 + "a" + "*" * 2000, "a"),
        (
            "[the lake](https://example.org) or <https://example.org>",
            "the lake (https://example.org) or https://example.org",
        ),
        ("    as it is\n", "as it is"),
        ("---\n5 * 3 = 15, 2 < 3 & _so on", "5 * 3 = 15, 2 < 3 & _so on"),
        ("![a lake](https://example.org/x.png)", "!a lake (https://example.org/x.png)"),
        ("<b>bold</b>", "<b>bold</b>"),
        ("", ""),
    ],
)
def test_as_plain_text_the_words_stay_and_the_marks_go(written: str, read: str) -> None:
    assert to_text(written) == read
