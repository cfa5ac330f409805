"""Every message of every kind, as it looks: whole, in both languages, valid, and with nothing from elsewhere."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import Engine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from mindmove.devtools import gallery
from mindmove.devtools.examples import ACCOUNT, EXAMPLES
from notifications import kinds, reasons
from tests.kit.source import ROOT

ABSENT = "⟦absent⟧"
LONGEST_SUBJECT, LONGEST_PUSH = 60, 120
TELLING = re.compile(
    r"mood|depress|anxi|sleep|stress|\d+ minutes|情绪|抑郁|焦虑|睡眠|压力|心情|\d+ ?分钟", re.IGNORECASE
)
VOID = {"meta", "br", "hr", "img"}
LANGUAGES = ["en", "zh-hans"]
EVERY = [(name, language) for name in gallery.names() for language in LANGUAGES]


class Nesting(HTMLParser):
    """Holds that each element that opens is closed in order, once, and notes what is fetched."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.fetched: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        self.wrong += [f"{tag} has {name} twice" for name in names if names.count(name) > 1]
        self.fetched += [tag for name in names if name in {"src", "srcset", "background", "poster"}]
        self.fetched += [tag] if tag in {"link", "script", "object", "iframe"} else []
        if tag == "p" and "p" in self.open:
            self.wrong.append("a paragraph in a paragraph")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes something else")


@pytest.fixture
def strictly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Say `ABSENT` for whatever a template asks for and does not get."""
    monkeypatch.setattr(Engine.get_default(), "string_if_invalid", ABSENT)


def of(name: str, language: str) -> list[gallery.Shown]:
    return [shown for shown in gallery.shown_of(name) if shown.language == language]


def test_every_kind_has_an_example_and_no_example_is_of_an_old_one() -> None:
    assert set(EXAMPLES) == {kind.name for kind in kinds.all_kinds()}
    assert all(EXAMPLES.values())


def test_every_mail_about_an_account_has_an_example() -> None:
    files = (ROOT / "templates" / "account" / "email").glob("*_message.txt")

    assert set(ACCOUNT) == {
        path.name.removesuffix("_message.txt") for path in files if not path.name.startswith("base")
    }


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_nothing_is_absent_or_left_in_the_other_language(name: str, language: str, strictly: None) -> None:
    for shown in of(name, language):
        whole = shown.subject + shown.text + shown.html + shown.push
        assert ABSENT not in whole
        assert re.search(r"[一-鿿]", shown.subject) if language == "zh-hans" else shown.subject.isascii()
        assert "!" not in shown.text + shown.subject + shown.push
        assert "！" not in whole


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_a_lock_screen_tells_nothing(name: str, language: str) -> None:
    for shown in of(name, language):
        assert 0 < len(shown.subject) <= LONGEST_SUBJECT
        assert len(shown.push) <= LONGEST_PUSH
        assert bool(shown.push) == (name not in ACCOUNT)
        assert not TELLING.search(shown.subject + shown.push)
        assert not any(
            secret in shown.subject + shown.push for secret in ("Morning Mosses", "晨间苔藓", "Mira", "李小雨")
        )


@pytest.mark.parametrize(("name", "language"), EVERY)
def test_the_html_is_whole_and_fetches_nothing(name: str, language: str) -> None:
    for shown in of(name, language):
        nesting = Nesting()
        nesting.feed(shown.html)
        nesting.close()
        assert (nesting.wrong, nesting.open, nesting.fetched) == ([], [], [])
        assert f'<html lang="{language}">' in shown.html
        assert "url(" not in shown.html
        assert "@import" not in shown.html


def test_the_check_finds_what_it_looks_for() -> None:
    nesting = Nesting()
    nesting.feed('<p>one<p>two</p></div><img src="https://elsewhere.example/pixel.gif">')

    assert nesting.wrong == ["a paragraph in a paragraph", "</div> closes something else"]
    assert nesting.fetched == ["img"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_says_why_and_each_reason_differs(language: str) -> None:
    with translation.override(language):
        for kind in kinds.all_kinds():
            said = [str(kind.label), str(kind.why), *map(str, kind.held.values())]
            assert all(said), kind.name
            assert all(bool(re.search(r"[一-鿿]", words)) == (language == "zh-hans") for words in said), kind.name


def test_every_reason_in_code_has_its_sentence() -> None:
    known = {reason for kind in kinds.all_kinds() for reason in kind.held}
    files = [
        *Path(ROOT / "reminders").rglob("*.py"),
        *Path(ROOT / "groups/notices").glob("*.py"),
        ROOT / "moderation/notices.py",
    ]
    said = {reason for path in files for reason in re.findall(r'Hold\("(\w+)"\)', path.read_text(encoding="utf-8"))}

    assert said
    assert said <= known | set(reasons.WORDS)


@pytest.mark.django_db
def test_the_pages(client: Client) -> None:
    page = client.get(reverse("dev:messages")).content.decode()
    of_one = client.get(reverse("dev:message", args=["come_back"])).content.decode()
    html = client.get(reverse("dev:message_html", args=["come_back", "zh-hans", 0]))

    assert all(reverse("dev:message", args=[kind.name]) in page for kind in kinds.all_kinds())
    assert of_one.count("<iframe") == 2 * len(EXAMPLES["come_back"])
    assert '<html lang="zh-hans">' in html.content.decode()
    assert "sandbox" in html["Content-Security-Policy"]
    assert client.get(reverse("dev:message", args=["no-such"])).status_code == 404
    assert client.get(reverse("dev:message_html", args=["come_back", "fr", 0])).status_code == 404


def test_the_page_of_a_kind_shows_each_example_and_nothing_raw(client: Client) -> None:
    page = client.get(reverse("dev:message", args=["session_cue"])).content.decode()

    assert page.count("<iframe") == len(list(gallery.shown_of("session_cue")))
    assert "Shown(" not in page
