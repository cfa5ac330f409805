"""Reading a page as elements, with the parser that Django's own assertions use."""

from collections.abc import Iterator

from django.test.html import Element, parse_html


def elements(page: str | Element, name: str, **attributes: str) -> Iterator[Element]:
    """Yield every element of the name below `page` whose attributes begin with what is given, in reading order."""
    root = parse_html(page) if isinstance(page, str) else page
    for child in root.children:
        if not isinstance(child, Element):
            continue
        if child.name == name and all(attribute(child, key).startswith(value) for key, value in attributes.items()):
            yield child
        yield from elements(child, name, **attributes)


def attribute(element: Element, name: str) -> str:
    return dict(element.attributes).get(name) or ""


def text_of(element: Element) -> str:
    """Return the words of an element with single spaces."""
    parts = (text_of(child) if isinstance(child, Element) else str(child) for child in element.children)
    return " ".join(" ".join(parts).split())
