"""Templates of messages with all that is the same for everybody put together once, in each language.

What a template extends is looked up, its blocks are in place, and words that are only translated are translated; so a
message costs what differs from one to the next. What is not known here stays as the library made it.
"""

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from typing import Any
from weakref import WeakKeyDictionary

from django.template import Context
from django.template.base import Node, NodeList, Template, TextNode
from django.template.defaulttags import ForNode, IfNode, LoadNode
from django.template.loader import get_template
from django.template.loader_tags import BlockNode, ExtendsNode
from django.templatetags.i18n import TranslateNode
from django.utils import translation

_kept: WeakKeyDictionary[Template, dict[str | None, Template]] = WeakKeyDictionary()


def unfolded(name: str) -> Template:
    """Return the template for the language spoken now; it renders as the library's own would."""
    found: Template = get_template(name).template  # type: ignore[attr-defined]
    by_language = _kept.setdefault(found, {})
    language = translation.get_language()
    if language not in by_language:
        by_language[language] = unfold(found)
    return by_language[language]


def unfold(template: Template) -> Template:
    """Return the template put together for the language spoken now; itself where it cannot be said beforehand how."""
    base, blocks = template, dict[str, BlockNode]()
    while (extends := _extends(base.nodelist)) is not None:
        name: Any = extends.parent_name
        if name.filters or not isinstance(name.var, str) or "block.super" in base.source:
            return template
        blocks = extends.blocks | blocks
        base = template.engine.get_template(name.var)
    made = copy(template)
    made.nodelist = _joined(_flat(base.nodelist, blocks))
    return made


def _extends(nodes: NodeList) -> ExtendsNode | None:
    first = next((node for node in nodes if not isinstance(node, TextNode)), None)
    return first if isinstance(first, ExtendsNode) else None


def _flat(nodes: Iterable[Node], blocks: Mapping[str, BlockNode]) -> Iterator[Node]:
    for node in nodes:
        match node:
            case BlockNode():
                yield from _flat(blocks.get(node.name, node).nodelist, blocks)
            case TranslateNode() if _is_the_same_for_all(node):
                yield TextNode(node.render(Context()))
            case IfNode() | ForNode():
                yield _with_flat_parts(node, blocks)
            case LoadNode():
                pass
            case _:
                yield node


def _with_flat_parts(node: Any, blocks: Mapping[str, BlockNode]) -> Any:
    made = copy(node)
    if isinstance(node, IfNode):
        made.conditions_nodelists = [(when, _joined(_flat(then, blocks))) for when, then in node.conditions_nodelists]
    else:
        made.nodelist_loop = _joined(_flat(node.nodelist_loop, blocks))
        made.nodelist_empty = _joined(_flat(node.nodelist_empty, blocks))
    return made


def _is_the_same_for_all(node: TranslateNode) -> bool:
    said: Any = node.filter_expression
    is_plain = node.asvar is None and node.message_context is None and not said.filters
    return bool(is_plain and said.var.literal is not None)


def _joined(nodes: Iterable[Node]) -> NodeList:
    made = NodeList()
    for node in nodes:
        if isinstance(node, TextNode) and made and isinstance(made[-1], TextNode):
            made[-1] = TextNode(made[-1].s + node.s)
        else:
            made.append(node)
    return made
