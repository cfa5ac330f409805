"""Parts of an article: how a value of a content file and columns of a table become each other, both ways.

`columns` reads what the row itself holds, `link` what hangs on it, and `dump` says it again as the file does.
A value that is absent from a file means the part's `default`; a dump leaves such values out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field, Model
from modeltranslation.utils import build_localized_fieldname

from library.services.content.files import LANGUAGES, Entry

REQUIRED: Any = object()
type Columns = dict[str, Any]


@dataclass
class Known:
    """Rows that entries refer to by key, read once a model."""

    rows: dict[type[Model], dict[str, Any]] = field(default_factory=dict)

    def find(self, model: type[Model], key: str, entry: Entry, name: str) -> Any:
        """Return the row, or raise ContentError naming the entry that refers to it."""
        if model not in self.rows:
            rows = model._default_manager.all()  # noqa: SLF001 - the documented name
            self.rows[model] = {key_of(row): row for row in rows}
        if key not in self.rows[model]:
            raise entry.error(name, f"refers to {key!r}, which does not exist")
        return self.rows[model][key]


def key_of(row: Any) -> str:
    key: str = row.key if hasattr(row, "key") else row.slug
    return key


def field_of(model: type[Model], name: str) -> Field[Any, Any]:
    return model._meta.get_field(name)  # type: ignore[return-value] # noqa: SLF001 - the documented name


@dataclass(frozen=True)
class Part:
    """A piece under its name in the file; `column` is its name in the model where the two differ."""

    name: str
    column: str = ""

    @property
    def at(self) -> str:
        return self.column or self.name

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        return {}

    def link(self, entry: Entry, row: Any, known: Known) -> None:
        """Write what hangs on the row, once everything it refers to exists."""

    def dump(self, row: Any) -> dict[str, Any]:
        raise NotImplementedError

    def prefetch(self) -> list[str]:
        return []

    def label(self, model: type[Model]) -> Any:
        return field_of(model, self.at).verbose_name


@dataclass(frozen=True)
class Plain(Part):
    """A value that is the same in both."""

    default: Any = REQUIRED

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        value = entry.need(self.name) if self.default is REQUIRED else entry.get(self.name, self.default)
        return {self.at: self.clean(value, entry, field_of(model, self.at))}

    def clean(self, value: Any, entry: Entry, column: Field[Any, Any]) -> Any:
        try:
            return column.clean(str(value) if isinstance(value, float) else value, None)
        except ValidationError as error:
            raise entry.error(self.name, f"is {value!r}: {' '.join(error.messages)}") from error
        except TypeError as error:
            raise entry.error(self.name, f"is {value!r}, which is of another kind") from error

    def dump(self, row: Any) -> dict[str, Any]:
        value = getattr(row, self.at)
        if value == self.default:
            return {}
        return {self.name: float(value) if isinstance(value, Decimal) else value}


@dataclass(frozen=True)
class Seen(Part):
    """Whether an editor saw it on a page, or wrote it from memory."""

    default: Any = REQUIRED

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        said = entry.need(self.name) if self.default is REQUIRED else entry.get(self.name)
        return {self.at: self.default if said is None else said == "page"}

    def dump(self, row: Any) -> dict[str, Any]:
        value = getattr(row, self.at)
        return {} if value == self.default else {self.name: "page" if value else "recall"}


@dataclass(frozen=True)
class AsSeen(Part):
    """True or false; what is absent is as true as the row's `is_verified`."""

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        return {self.at: bool(entry.get(self.name, entry.get("verified") == "page"))}

    def dump(self, row: Any) -> dict[str, Any]:
        value = getattr(row, self.at)
        return {} if value == row.is_verified else {self.name: value}


@dataclass(frozen=True)
class Settled(Part):
    """A column that no file names: whoever loads or brings back an article answers for it, so that nothing waits."""

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        return {self.at: False}

    def dump(self, row: Any) -> dict[str, Any]:
        return {}


@dataclass(frozen=True)
class Commas(Part):
    """A list in the file, words between commas in the column."""

    has_ends: bool = False  # a comma at both ends, so that one word can be looked for

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        words = [str(word) for word in entry.listed(self.name)]
        return {self.at: f",{','.join(words)}," if words and self.has_ends else ", ".join(words)}

    def dump(self, row: Any) -> dict[str, Any]:
        words = [word.strip() for word in getattr(row, self.at).split(",") if word.strip()]
        return {self.name: words} if words else {}


@dataclass(frozen=True)
class Span(Part):
    """Two numbers of a range; `column` names both, without `_low` and `_high`."""

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        ends = entry.get(self.name, [None, None])
        names = [f"{self.at}_low", f"{self.at}_high"]
        return {
            name: None if end is None else field_of(model, name).to_python(str(end))
            for name, end in zip(names, ends, strict=True)
        }

    def dump(self, row: Any) -> dict[str, Any]:
        ends = [getattr(row, f"{self.at}_{end}") for end in ("low", "high")]
        return {} if ends == [None, None] else {self.name: [None if end is None else float(end) for end in ends]}

    def label(self, model: type[Model]) -> Any:
        return field_of(model, f"{self.at}_low").verbose_name


@dataclass(frozen=True)
class Texts(Part):
    """A text in every language. `is_own`: the languages stand in the entry itself. `is_list`: one item a line."""

    is_optional: bool = False
    is_own: bool = False
    is_list: bool = False

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        if self.is_own:
            return entry.texts(self.at)
        if self.is_optional and entry.get(self.name) is None:
            return {build_localized_fieldname(self.at, code): "" for code in LANGUAGES}
        return entry.entry(self.name).texts(self.at)

    def dump(self, row: Any) -> dict[str, Any]:
        texts = {code: (getattr(row, build_localized_fieldname(self.at, code)) or "") for code in LANGUAGES}
        if self.is_optional and not any(texts.values()):
            return {}
        clean = {code: "\n".join(text.splitlines()).strip() for code, text in texts.items()}
        said: dict[str, Any] = {c: t.splitlines() for c, t in clean.items()} if self.is_list else dict(clean)
        return said if self.is_own else {self.name: said}


@dataclass(frozen=True)
class Within(Part):
    """A mapping of further parts of the same row."""

    parts: tuple[Part, ...] = ()

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        below = Entry(entry.get(self.name, {}), f"{entry.where}: {self.name}")
        return {name: value for part in self.parts for name, value in part.columns(below, model, known).items()}

    def link(self, entry: Entry, row: Any, known: Known) -> None:
        below = Entry(entry.get(self.name, {}), f"{entry.where}: {self.name}")
        for part in self.parts:
            part.link(below, row, known)

    def dump(self, row: Any) -> dict[str, Any]:
        said = {name: value for part in self.parts for name, value in part.dump(row).items()}
        return {self.name: said} if said else {}

    def prefetch(self) -> list[str]:
        return [path for part in self.parts for path in part.prefetch()]


@dataclass(frozen=True)
class One(Part):
    """Another row by its key."""

    def columns(self, entry: Entry, model: type[Model], known: Known) -> Columns:
        target = field_of(model, self.at).related_model
        return {self.at: known.find(target, entry.need(self.name), entry, self.name)}  # type: ignore[arg-type]

    def dump(self, row: Any) -> dict[str, Any]:
        return {self.name: key_of(getattr(row, self.at))}

    def prefetch(self) -> list[str]:
        return [self.at]


@dataclass(frozen=True)
class Many(Part):
    """Other rows by their keys, in no order."""

    def link(self, entry: Entry, row: Any, known: Known) -> None:
        target = field_of(type(row), self.at).related_model
        found = [known.find(target, str(key), entry, self.name) for key in entry.listed(self.name)]  # type: ignore[arg-type]
        getattr(row, self.at).set(found)

    def dump(self, row: Any) -> dict[str, Any]:
        keys = sorted(key_of(other) for other in getattr(row, self.at).all())
        return {self.name: keys} if keys else {}

    def prefetch(self) -> list[str]:
        return [self.at]


def plain(value: Any) -> Any:
    """Return the content as JSON holds it, so that what was kept and what is there now compare."""
    if isinstance(value, dict):
        return {name: plain(below) for name, below in value.items()}
    if isinstance(value, list):
        return [plain(below) for below in value]
    return value.isoformat() if isinstance(value, date | datetime) else value
