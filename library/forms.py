"""What somebody picks to find a first step. Read from the address; nothing is stored."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from library.models import Citation, Mark, Mechanism, Need


class FinderForm(forms.Form):
    """`need` is a slug; `minutes` and `company` fall back to ten minutes, either way."""

    MINUTES = [("5", _("Five minutes")), ("10", _("Ten minutes")), ("20", _("Twenty minutes"))]
    COMPANY = [("either", _("Either is fine")), ("alone", _("On my own")), ("together", _("With others"))]

    need = forms.ChoiceField(label=_("What weighs on you?"), widget=forms.RadioSelect)
    minutes = forms.ChoiceField(
        label=_("How much time is there?"), choices=MINUTES, initial="10", required=False, widget=forms.RadioSelect
    )
    company = forms.ChoiceField(
        label=_("What company suits?"), choices=COMPANY, initial="either", required=False, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, needs: list[Need], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = [(need.slug, need.first_person) for need in needs]  # type: ignore[attr-defined]


class MarkForm(forms.Form):
    """Which mark, and whether it is to be there. Saying it twice is saying it once."""

    sense = forms.ChoiceField(choices=Mark.Sense.choices)
    is_on = forms.TypedChoiceField(choices=[("1", "1"), ("0", "0")], coerce=lambda value: value == "1")


class SourcesForm(forms.Form):
    """Which sources to show. `wanted` is what the address asks for and there is; anything else is not asked for."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("Kind of study"))
    tier = forms.ChoiceField(label=_("Part it plays"))
    mechanism = forms.ChoiceField(label=_("Used on"))

    def __init__(self, query: Mapping[str, str], *, mechanisms: Iterable[Mechanism]) -> None:
        choices: dict[str, list[Any]] = {
            "kind": Citation.Kind.choices,
            "tier": Citation.Tier.choices,
            "mechanism": [(row.slug, row.name) for row in mechanisms],
        }
        self.wanted = {name: query[name] for name, options in choices.items() if query.get(name) in dict(options)}
        super().__init__(initial=self.wanted)
        for name, options in choices.items():
            self.fields[name].choices = [("", _("All")), *options]  # type: ignore[attr-defined]
