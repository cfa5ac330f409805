"""The template engine, with the visibility guard on while one of our pages is rendered.

The admin and the frameworks bring templates of their own and have rules of their own: staff see
what their role allows, and private columns are blinded there.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.template.backends.django import DjangoTemplates, Template

from core.visibility import presenting


class GuardedTemplate(Template):
    def render(self, context: dict[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        if not self._is_ours():
            return super().render(context, request)
        with presenting():
            return super().render(context, request)

    def _is_ours(self) -> bool:
        return _is_ours(str(self.template.origin.name))


class GuardedTemplates(DjangoTemplates):
    app_dirname = "templates"

    def from_string(self, template_code: str) -> Template:
        return self._guarded(super().from_string(template_code))

    def get_template(self, template_name: str) -> Template:
        return self._guarded(super().get_template(template_name))

    def _guarded(self, found: Template) -> Template:
        return GuardedTemplate(found.template, self)


@cache
def _is_ours(name: str) -> bool:
    source, ours = Path(name), settings.BASE_DIR / "templates"
    return source.is_relative_to(ours) and not source.is_relative_to(ours / "admin")
