"""A shape: what is told of one row, in both languages."""

from typing import Any, ClassVar

from django.db.models import Model
from rest_framework import serializers

from core.api import PresentedSerializer

LANGUAGES = ("en", "zh_hans")


class InBoth(serializers.CharField):
    """A text in the language that the name of the field ends with, or in the other if it was written in that alone."""

    def __init__(self) -> None:
        super().__init__(read_only=True)

    def get_attribute(self, instance: Any) -> str:
        name = str(self.field_name)
        language = next(one for one in LANGUAGES if name.endswith(one))
        others = [name.removesuffix(language) + other for other in LANGUAGES if other != language]
        return next((text for text in (getattr(instance, column) for column in (name, *others)) if text), "")


class Shape[M: Model](PresentedSerializer[M]):
    """What is told of a row. Each of `texts` stands in it twice: `name_en`, `name_zh_hans`."""

    texts: ClassVar[tuple[str, ...]] = ()

    def get_fields(self) -> dict[str, Any]:
        both = {f"{text}_{language}": InBoth() for text in self.texts for language in LANGUAGES}
        return {**super().get_fields(), **both}


class SlugShape(Shape[Any]):
    slug = serializers.CharField(read_only=True)


class KeyShape(Shape[Any]):
    key = serializers.CharField(read_only=True)
