"""Markdown written by people: made safe HTML when it is written, and plain text where nothing else can be shown."""

from collections.abc import Iterable

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code"}
_parser = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable("image")


def to_html(text: str) -> str:
    """Return clean HTML: a few text tags, links to http(s) and mailto only, marked as untrusted."""
    return nh3.clean(
        _parser.render(text),
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    )


def to_text(text: str) -> str:
    """Return the words without their marks: paragraphs apart, points with dash or number, links with their address.

    Tokens are read one after the other: emphasis may be nested without a bound.
    """
    blocks, mark, depth, lists = "", "", 0, 0
    was_in = 0  # the list that the block before is in, counted from 1
    for token in _parser.parse(text):
        if token.type in {"bullet_list_open", "ordered_list_open"}:
            lists += depth == 0
        if token.type.endswith(("list_open", "list_close")):
            depth += token.nesting
        elif token.type == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif words := (_words(token.children or []) or token.content.rstrip("\n")):
            lead = "  " * max(0, depth - 1)
            within = "\n" + lead + " " * (len(mark) or (2 if depth else 0))
            before = "" if not blocks else "\n" if depth and was_in == lists else "\n\n"
            blocks += before + lead + (mark or within.removeprefix("\n" + lead)) + words.replace("\n", within)
            mark, was_in = "", lists if depth else 0
    return blocks


def _words(tokens: Iterable[Token]) -> str:
    """Return the words of one run of text."""
    words, links = "", []
    for token in tokens:
        if token.type in {"softbreak", "hardbreak"}:
            words += "\n"
        elif token.type == "link_open":
            links.append((len(words), "" if token.info == "auto" else str(token.attrs.get("href", ""))))
        elif token.type == "link_close":
            start, target = links.pop()
            is_said = target in {"", said := words[start:]} or target == _parser.normalizeLink(said)
            words += "" if is_said else f" ({target})"
        else:
            words += token.content
    return words
