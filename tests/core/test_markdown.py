"""What people write becomes clean HTML when it is written."""

import pytest

from core.markdown import to_html


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
