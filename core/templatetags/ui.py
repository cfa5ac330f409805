"""Template tags of the design system. Built in: no `{% load %}` needed. Examples in docs/design-system.md."""

import json
import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.template import Context
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from core import clock, moments, pictures

register = template.Library()

MOOD_STEPS = range(1, 8)
TEN_STEPS = range(11)
AFTER_A_STOP = re.compile(r"(?<=[。！？；：…])\s+|(?<=[。！？；：…]</a>)\s+")


# Forms -------------------------------------------------------------------------------------------
@register.simple_tag
def field(bound: BoundField, label: str = "", layout: str = "") -> SafeString:
    """Render a field with label, help, control and error.

    `label` replaces the field's own; `layout="inline"` puts radios or checkboxes in a row.
    """
    widget = bound.field.widget
    if widget.is_hidden:
        return SafeString(bound.as_widget())
    name = "field"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        name = "field_choices"
    elif isinstance(widget, forms.CheckboxInput):
        name = "field_check"
    return _render(name, {"field": bound, "label": label or bound.label, "layout": layout})


@register.inclusion_tag("components/form_errors.html")
def form_errors(form: forms.BaseForm) -> dict[str, object]:
    """Say above a form what needs another look, with links to the fields."""
    return {"form": form, "fields": [form[name] for name in form.errors if name in form.fields]}


@register.simple_tag
def mood_scale(bound: BoundField, label: str = "") -> SafeString:
    """Seven steps of mood, from very low to very good."""
    return scale(bound, low=_("very low"), high=_("very good"), label=label, steps=MOOD_STEPS)


@register.simple_tag
def ten_scale(bound: BoundField, low: str = "", high: str = "", label: str = "") -> SafeString:
    """Steps from 0 to 10 with words at the ends."""
    return scale(bound, low=low or _("not at all"), high=high or _("very much"), label=label, steps=TEN_STEPS)


def scale(bound: BoundField, *, low: str, high: str, label: str, steps: range) -> SafeString:
    """Radio buttons in one row, whatever widget the form's field has."""
    chosen = str(bound.value())
    words = {steps[0]: low, steps[-1]: high}
    options = [{"value": step, "is_chosen": str(step) == chosen, "words": words.get(step, "")} for step in steps]
    context = {"field": bound, "label": label or bound.label, "options": options, "low": low, "high": high}
    return _render("scale", context | {"is_long": len(options) > len(MOOD_STEPS)})


@register.simple_tag
def talk_test(bound: BoundField, label: str = "") -> SafeString:
    """Effort by what the breath allowed: values light, moderate, vigorous."""
    chosen = bound.value()
    words = [
        ("light", _("I could sing"), _("light")),
        ("moderate", _("I could talk"), _("moderate")),
        ("vigorous", _("Only a few words"), _("vigorous")),
    ]
    options = [{"value": v, "title": t, "help": h, "is_chosen": v == chosen} for v, t, h in words]
    return _render("talk_test", {"field": bound, "label": label or bound.label, "options": options})


# Marks and pictures ------------------------------------------------------------------------------
@register.inclusion_tag("components/domain_mark.html")
def domain_mark(slug: str, label: str = "", size: str = "") -> dict[str, object]:
    """The domain's shape in its colour; decoration unless it has a `label`."""
    return {"slug": slug, "label": label, "size": size}


@register.inclusion_tag("components/grade.html")
def grade(value: str, label: str) -> dict[str, object]:
    """How sure science is, as a word with strata: strong, moderate, limited, contested."""
    return {"value": value, "label": label}


@register.inclusion_tag("components/avatar.html")
def avatar(person: object, size: str = "") -> dict[str, object]:
    """Initials in a soft shape. Decoration: the name stands beside it or in a label."""
    shape, tone = pictures.soft_shape(str(getattr(person, "uuid", person)))
    return {"initials": pictures.initials(str(person)), "shape": shape, "tone": tone, "size": size}


@register.inclusion_tag("components/hill.html")
def dose_hill(
    minutes: int, target: int, words: str = "", *, has_begun: object = False, hides: object = False
) -> dict[str, object]:
    """The week's moderate-equivalent minutes as a low hill, with marks at 75 and 150; `words` replace those below.

    `has_begun`: something was done that counts beside them, so a flat hill does not call the week empty.
    `hides`: the person hides numbers, so there are marks without figures, and `words` have none.
    """
    hill = pictures.hill(minutes, target)
    return {
        "hill": hill,
        "minutes": minutes,
        "target": target,
        "words": words,
        "has_begun": has_begun,
        "hides": bool(hides),
    }


@register.simple_tag
def hill_range(weeks: Iterable[Any]) -> list[pictures.Peak]:
    """Weeks (anything with `minutes`) as small hills side by side."""
    return pictures.hill_range([week.minutes for week in weeks])


@register.filter
def mood_in_words(value: int | None) -> str:
    """One of the seven steps of mood in words, for those who hide numbers."""
    words = [
        _("very low"),
        _("low"),
        _("rather low"),
        _("in between"),
        _("rather good"),
        _("good"),
        _("very good"),
    ]
    return words[value - 1] if value is not None and value in MOOD_STEPS else ""


@register.inclusion_tag("components/meter.html")
def meter(value: float, of: float, label: str) -> dict[str, object]:
    """A bar for a part of a whole; `label` says it in words and is always shown."""
    return {"share": pictures.share(value, of), "label": label}


# Time --------------------------------------------------------------------------------------------
@register.inclusion_tag("components/local_time.html", takes_context=True)
def local_time(context: Context, starts_at: datetime, zone: str, ends_at: datetime | None = None) -> dict[str, object]:
    """An instant as the place's clocks show it, and as the reader's do when they differ."""
    user = getattr(context.get("request"), "user", None)
    own = timezone.get_current_timezone_name() if user is not None and user.is_authenticated else zone
    now = clock.now()
    yours = ""
    if moments.differs(starts_at, zone, own):
        yours = moments.moment_in_words(starts_at, own, ends_at=ends_at, now=now)
    there = moments.moment_in_words(starts_at, zone, ends_at=ends_at, now=now)
    return {"starts_at": starts_at, "there": there, "yours": yours}


@register.filter
def in_words(day: date) -> str:
    """Turn a day into `Tuesday 24 November` or `11月24日 周二`."""
    return moments.day_in_words(day, this_year=clock.now().year)


@register.filter
def day_in_short(day: date) -> str:
    """Turn a day into `24 Nov` or `11月24日`, for the head of a row."""
    return moments.day_in_short(day)


@register.filter
def weekday_in_short(day: date) -> str:
    """Turn a day into `Tue` or `二`, for the head of a column."""
    return moments.weekday_in_short(day)


@register.filter
def month_in_words(day: date) -> str:
    """Turn a day into its month: `November 2026` or `2026年11月`."""
    return moments.month_in_words(day)


# Text --------------------------------------------------------------------------------------------
@register.simple_block_tag
def sentences(content: str) -> SafeString:
    """Let whole sentences stand one behind the other as the language has it: Chinese puts no space between them."""
    return SafeString(AFTER_A_STOP.sub("", content.strip()) if moments.in_chinese() else content.strip())


@register.filter
def with_code(text: str) -> SafeString:
    """Show what stands between backticks as code; all of it is escaped."""
    pieces = enumerate(str(text).split("`"))
    shown = ([format_html("<code>{}</code>", piece) if place % 2 else piece] for place, piece in pieces)
    return format_html_join("", "{}", shown)


# Data --------------------------------------------------------------------------------------------
@register.simple_tag
def linked_data(data: dict[str, Any]) -> SafeString:
    """Write JSON-LD as a data block. It is no script, so the policy lets it stand without a nonce."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    escaped = text.replace("&", r"\u0026").replace("<", r"\u003C").replace(">", r"\u003E")
    return format_html('<script type="application/ld+json">{}</script>', SafeString(escaped))


# Navigation --------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def current(context: Context, url: str, section: str = "") -> str:
    """Return `page` on the page itself, `true` elsewhere in its section, otherwise nothing (for aria-current)."""
    path = getattr(context.get("request"), "path", "")
    if path == url:
        return "page"
    return "true" if section and path.startswith(section) else ""


def _render(name: str, context: dict[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", context)
