"""Tidying the texts of a row before it is saved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.errors import InvalidInput
from core.words import tidy, tidy_line


def tidy_texts(row: models.Model, *, lines: tuple[str, ...] = (), texts: tuple[str, ...] = ()) -> None:
    """Tidy columns of the row: `lines` hold one line. Raises InvalidInput when nothing stays of one that is wanted."""
    for name in (*lines, *texts):
        said = getattr(row, name)
        left = tidy_line(said) if name in lines else tidy(said)
        if not left and not getattr(row._meta.get_field(name), "blank", True):  # noqa: SLF001 - documented API
            raise InvalidInput("empty", _("A few words are enough."), field=name)
        setattr(row, name, left)
