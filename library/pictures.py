"""The picture of a mechanism for where its address is shared, kept for as long as its words stay the same."""

from dataclasses import astuple
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from library.drawing.card import Card, paint
from library.models import Mechanism

KEPT_FOR = 7 * 24 * 60 * 60  # seconds
LOOK = 1  # raise when the picture is drawn differently


def picture_of(mechanism: Mechanism) -> bytes:
    """Return the PNG in the language of the moment; it is drawn once for the same words."""
    card = Card(
        name=mechanism.name,
        line=mechanism.one_line,
        domain=mechanism.domain.slug,
        domain_name=mechanism.domain.name,
        grade=mechanism.grade,
        grade_words=_("How sure: %(grade)s") % {"grade": capfirst(mechanism.get_grade_display())},
        site_name=settings.SITE_NAME,
    )
    words = sha256("\0".join([str(LOOK), *astuple(card)]).encode()).hexdigest()
    key = f"mechanism-picture:{words}"
    kept: bytes | None = cache.get(key)
    if kept is None:
        cache.set(key, kept := paint(card), KEPT_FOR)
    return kept
