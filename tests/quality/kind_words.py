"""What pages, mails and plans say, and the words that none of it says about what a person does or leaves undone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from core import catalog
from tests.kit.source import ROOT, templates

UNKIND = {
    "en": re.compile(
        r"\b(miss(ed|ing)?|fail(s|ed|ing|ure|ures)?|lost|lose|losing|behind|streaks?|broken?|must(n[’']t)?|should(n[’']t)?"
        r"|ought|overdue|laz(y|iness)|excuses?|skipp(ed|ing)|slack(ed|ing)?|quit(ting|ter)?|gave up|giv(e|ing) up"
        r"|catch(ing)? up|make up for|fell off|no pain,? no gain|guilt(y)?|ashamed|shameful|disappoint(ed|ing)"
        r"|crush|smash|beat|push yourself|keep it up|just do)\b",
        re.IGNORECASE,
    ),
    "zh": re.compile(
        r"错过|失败|落后|掉队|断签|断了|连续.{0,4}[天日周]|打卡|必须|务必|应该|应当|逾期|懒|借口|坚持|放弃|缺勤|缺席|旷|中断"
        r"|补上|补回|补课|内疚|惭愧|羞愧|失望|加油|拼命|不够努力|半途而废"
    ),
}

# Texts that hold such a word and say nothing on a person's own activity, each with its reason.
ALLOWED = {
    "Behind the scenes": "a place on the map: how it works inside the body",
    "It is overdue for another look. Readers are told so.": "a page of the library and its date of review, for editors",
    "overdue for another look": "a page of the library and its date of review, for editors",
    "Only editors read this: a sentence that must not be used.": "a field for editors, on wording",
    "Why the grade is what it is: what has been studied, in whom, and what is missing.": "research, for editors",
    "missing a translation": "a page of the library, for editors",
    "Give up my seat": "a seat at an event, in the style guide for developers",
    "Something broke on our side": "the site's own fault, on the page that says so",
    "写几个字，留在历史里。退回页面或把它撤下时必须写。": "a field for editors that is needed",
}
TAGS = re.compile(r"{#.*?#}|{% *comment.*?endcomment *%}|{%.*?%}|{{.*?}}|<(script|style)\b.*?</\1>|<[^>]*>", re.DOTALL)
EXCLAIMED = re.compile(r"[!！]")


@dataclass(frozen=True)
class Text:
    """A text, where it stands, and in which of the two sets of words to look for it."""

    where: str
    words: str
    language: str


def messages() -> Iterator[Text]:
    """Yield every message in code and templates, and how the catalogue says it in Chinese."""
    for message in catalog.collect():
        for words in _each(message.id):
            yield Text("a message", words, "en")
    for message in catalog.read():
        for words in _each(message.string) if message.id else ():
            yield Text("locale/zh_Hans", words, "zh")


def bare_words() -> Iterator[Text]:
    """Yield what templates say without a translation tag."""
    files = [*templates(), *sorted((ROOT / "templates").rglob("*.txt"))]
    for path in files:
        for piece in TAGS.sub("\0", path.read_text(encoding="utf-8")).split("\0"):
            words = " ".join(piece.split())
            for language in ("en", "zh") if words else ():
                yield Text(str(path.relative_to(ROOT)), words, language)


def plans() -> Iterator[Text]:
    """Yield every text of the plans that come with the site."""
    for path in sorted((ROOT / "plans" / "content").glob("*.yaml")):
        yield from _texts(yaml.safe_load(path.read_text(encoding="utf-8")), str(path.relative_to(ROOT)))


def mails() -> Iterator[Text]:
    """Yield the messages and the words of everything that is mailed, subjects too."""
    paths = [p for p in (ROOT / "templates").rglob("*") if {"mail", "email"} & set(p.relative_to(ROOT).parts[:-1])]
    sources = {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8") for p in sorted(paths) if p.is_file()}
    chinese = {_first(m.id): _first(m.string) for m in catalog.read() if m.id}
    for where, source in sources.items():
        found = [m[1] for m in re.finditer(r'{% *translate +"([^"]*)"', source)]
        found += [
            " ".join(m[1].split()) for m in re.finditer(r"{% *blocktranslate[^%]*%}(.*?){% *end", source, re.DOTALL)
        ]
        for words in found:
            yield Text(where, words, "en")
            yield Text(where, chinese.get(re.sub(r"{{ *(\w+) *}}", r"%(\1)s", words), ""), "zh")
        yield Text(where, " ".join(TAGS.sub(" ", source).split()), "en")


def unkind(texts: Iterator[Text] | list[Text], allowed: dict[str, str]) -> list[str]:
    """Return each text that holds such a word and is not among those allowed, with the word."""
    found = []
    for text in texts:
        hit = UNKIND[text.language].search(text.words)
        if hit and text.words not in allowed:
            found.append(f"{text.where}: “{hit.group()}” in {text.words!r}")
    return found


def _texts(node: Any, where: str) -> Iterator[Text]:
    if isinstance(node, dict):
        for key, value in node.items():
            if isinstance(value, str) and key in {"en", "zh-hans"}:
                yield Text(where, " ".join(value.split()), "en" if key == "en" else "zh")
            else:
                yield from _texts(value, where)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value, where)


def _each(words: str | list[str] | tuple[str, ...]) -> list[str]:
    return [words] if isinstance(words, str) else [word for word in words if word]


def _first(words: str | list[str] | tuple[str, ...]) -> str:
    return next(iter(_each(words)), "")
