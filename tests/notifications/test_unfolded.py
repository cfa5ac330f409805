"""A template put together once says just what the library's own would."""

from typing import Any

import pytest
from django.template import Context, Engine
from django.template.base import TextNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.utils import translation

from mindmove.devtools.examples import EXAMPLES
from notifications import kinds
from notifications.rendering import DIGEST, Told
from notifications.unfolded import unfold, unfolded

ENDINGS = ["subject.txt", "txt", "html"]
LINKS = {"url": "https://a.example/?a=1&b=2", "receipts_url": "https://a.example/r/", "site_name": "Mind & Move"}
AROUND: list[dict[str, Any]] = [
    {**LINKS, "why": 'You asked for it: "5 < 6".', "unsubscribe_url": "https://a.example/u/"},
    {**LINKS, "why": "", "unsubscribe_url": "", "fewer_url": "https://a.example/f/"},
    {**LINKS, "is_alone": True},
]
TOLD = [Told("It's <b>light</b>", "When it's light,\nthen https://a.example/", "/x/"), Told("Rain", "", "/")]


def contexts(name: str) -> list[dict[str, Any]]:
    if name == DIGEST:
        return [{"told": TOLD[:n], "count": n} for n in (1, 2)]
    return [example() for example in EXAMPLES[name]]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
@pytest.mark.parametrize("name", [*(kind.name for kind in kinds.all_kinds()), DIGEST])
def test_it_says_what_the_library_says(name: str, language: str) -> None:
    template = name if name == DIGEST else kinds.get(name).template
    with translation.override(language):
        for ending in ENDINGS:
            usual, ours = get_template(f"{template}.{ending}").template, unfolded(f"{template}.{ending}")
            for known in (context | around for context in contexts(name) for around in AROUND):
                said = {"language": language, **known}
                for escapes in (True, False):
                    expected = usual.render(Context(said, autoescape=escapes))
                    assert ours.render(Context(said, autoescape=escapes)) == expected


def test_each_language_has_its_own_after_another() -> None:
    said = []
    for language in ("en", "zh-hans", "en"):
        with translation.override(language):
            said.append(unfolded("reminders/mail/session_cue.subject.txt").render(Context()).strip())

    assert said[0] == said[2] == "It is the time you chose"
    assert said[1] != said[0]


def test_nothing_is_looked_up_or_translated_twice() -> None:
    nodes = unfolded("reminders/mail/session_cue.html").nodelist

    assert not [node for node in nodes if isinstance(node, (ExtendsNode, BlockNode))]
    assert len([node for node in nodes if isinstance(node, TextNode)]) <= len(nodes) / 2 + 1


@pytest.mark.parametrize(
    "source",
    [
        "{% load i18n %}{% translate 'Groups' as said %}{{ said }} {% translate 'Groups'|upper %} {% translate who %}",
        "{% extends 'mail/base.txt' %}{% block body %}before {{ block.super }} after{% endblock %}",
        "{% extends parent %}{% block body %}{% for one in who %}{{ one }}{% empty %}-{% endfor %}{% endblock %}",
        "{% for one in who %}{% cycle 'a' 'b' %}{{ one }}{% empty %}none{% endfor %}{% if no %}x{% else %}y{% endif %}",
    ],
)
def test_what_is_not_known_stays_as_it_was(source: str) -> None:
    template = Engine.get_default().from_string(source)
    said = {"who": "M<i>", "parent": "mail/base.txt"}

    with translation.override("zh-hans"):
        assert unfold(template).render(Context(said)) == template.render(Context(said))
