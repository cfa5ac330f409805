"""Fields that were made once serve every serializer of the class as if they were its own."""

from typing import Any

from django.utils import translation
from rest_framework import serializers

from core.api import PresentedSerializer
from groups.api.serializers import EventSerializer


class Spoken(serializers.CharField):
    def to_representation(self, value: Any) -> str:
        return f"{value} for {self.context['name']}"


class Inner(PresentedSerializer[Any]):
    word = Spoken()
    told = serializers.SerializerMethodField()

    def get_told(self, value: dict[str, str]) -> str:
        return f"told {self.context['name']}"


class Outer(PresentedSerializer[Any]):
    one = Inner()
    many = Inner(many=True)
    words = serializers.ListField(child=Spoken())
    by_name = serializers.DictField(child=Spoken())


def shown(name: str) -> dict[str, Any]:
    inner = {"word": "moss"}
    value = {"one": inner, "many": [inner], "words": ["fern"], "by_name": {"a": "oak"}}
    return dict(Outer(value, context={"name": name}).data)


def test_each_reads_the_context_of_its_own_request() -> None:
    for name in ("Ada", "Bo", "Ada"):
        inner = {"word": f"moss for {name}", "told": f"told {name}"}
        assert shown(name) == {
            "one": inner, "many": [inner], "words": [f"fern for {name}"], "by_name": {"a": f"oak for {name}"},
        }  # fmt: skip


def test_input_is_checked_as_before() -> None:
    bad = Outer(data={"one": {}, "many": [{"word": 1}, {}], "words": [[]]}, context={"name": "Ada"})
    assert not bad.is_valid()
    assert set(bad.errors) == {"one", "many", "words", "by_name"}
    assert bad.errors["many"] == {1: {"word": ["This field is required."]}}


def test_what_is_set_on_one_stays_with_it() -> None:
    first, second = Inner(), Inner()
    first.fields["word"].required = False
    first.fields.pop("told")
    assert second.fields["word"].required
    assert set(second.fields) == {"word", "told"}
    assert second.fields["word"].parent is second


def test_fields_of_a_model_are_those_that_the_framework_makes() -> None:
    for language in ("en", "zh-hans"):
        with translation.override(language):
            own, usual = EventSerializer(), EventSerializer().get_fields()
            assert [(name, type(field)) for name, field in own.fields.items()] == [
                (name, type(field)) for name, field in usual.items()
            ]
            assert repr(own).count("\n") == len(own.fields) + len(own.fields["group"].fields)
