"""Markdown written by people, made safe HTML when it is written."""

import nh3
from markdown_it import MarkdownIt

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
