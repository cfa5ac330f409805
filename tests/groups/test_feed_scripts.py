"""What is written runs no script, whatever a page does with it."""

import re
from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from accounts.models import User
from groups.models import Membership
from tests.groups.feed_kit import a_picture, say, settle
from tests.kit.cast import Cast, make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(cast: Cast, now: datetime) -> Cast:
    settle(cast.group, now)
    return cast


SCRIPTS = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>", "[x](javascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)", "<a href='javascript:alert(1)'>x</a>", "![x](javascript:alert(1))",
    "[x](https://a.example \"onmouseover=alert(1)\")", "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "`<script>alert(1)</script>`", "[x]: javascript:alert(1)\n[x]", "<javascript:alert(1)>", "<style>*{}</style>",
    "[x](JaVaScRiPt&colon;alert(1))", "<math><mi//xlink:href='javascript:alert(1)'>", "\x00<script>alert(1)</script>",
    "[x](vbscript:x)", "<form action=//evil.example><input name=csrfmiddlewaretoken>", "--><script>alert(1)</script>",
]  # fmt: skip
RUNS = re.compile(
    r"<(script|svg|img|iframe|style|math|form|input|object|embed)\b|<[^>]*\s(on\w+|style)\s*=|"
    r"<[^>]*\s(href|src)\s*=\s*[\"']?\s*(javascript|vbscript|data):",
    re.IGNORECASE,
)


@pytest.mark.parametrize("text", SCRIPTS)
def test_no_script_that_is_written_runs(settled: Cast, now: datetime, text: str) -> None:
    """Promise I5. What is stored is clean, whatever a page does with it."""
    post = say(settled.group, settled.owner, now, f"Words {text}".replace("\x00", ""))
    assert not RUNS.search(post.text_html), post.text_html


def test_control_unclean_html_is_found() -> None:
    assert all(RUNS.search(text) for text in ("<script>", '<a href="javascript:x">', "<p onclick=x>"))


def test_a_name_with_markup_is_words(settled: Cast, now: datetime, as_person) -> None:
    person: User = make_person("markup", display_name="<b onclick=alert(1)>Bo</b>")
    Membership.objects.create(group=settled.group, person=person, joined_at=now - timedelta(days=90))
    post = say(settled.group, person, now, pictures=[a_picture('"><script>alert(1)</script>')])
    for page in (reverse("groups:feed", args=[settled.group.slug]), post.get_absolute_url()):
        found = as_person(settled.owner).get(page).content.decode()
        assert "<b onclick" not in found
        assert "<script>alert" not in found
