"""What search engines are told of: every public page, in both languages. No private group, draft or person."""

from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

import groups.urls
import mindmove.openapi.urls
import mindmove.start.urls
import plans.urls
from groups.models import Group
from library.models import ExerciseType, Mechanism, Need
from mindmove.openapi import kept_document
from plans.models import PlanTemplate

VISITOR = AnonymousUser()
NOT_LISTED = {"library:offline"}  # shown by the browser in place of another page


class BothLanguages(Sitemap):  # type: ignore[type-arg]
    """Each page once per language, with links to the other; the site's own address, whatever the request says."""

    i18n = alternates = x_default = True
    protocol = urlsplit(settings.SITE_ORIGIN).scheme

    def get_domain(self, site: object = None) -> str:
        return str(urlsplit(settings.SITE_ORIGIN).netloc)


class Places(BothLanguages):
    """The pages with a fixed address that are marked as findable."""

    def items(self) -> list[str]:
        return [
            "home",
            *(
                name
                for app in (mindmove.start.urls, mindmove.openapi.urls, plans.urls, groups.urls)
                for name in _findable(app)
            ),
        ]

    def location(self, item: str) -> str:
        return reverse(item)


def _findable(app: object) -> Iterator[str]:
    for pattern in app.urlpatterns:  # type: ignore[attr-defined]
        name = f"{app.app_name}:{pattern.name}"  # type: ignore[attr-defined]
        is_findable = getattr(pattern.callback, "is_findable", False) and name not in NOT_LISTED
        if is_findable and not pattern.pattern.converters:
            yield name


class Mechanisms(BothLanguages):
    def items(self) -> list[Mechanism]:
        return list(Mechanism.objects.visible_to(VISITOR))

    def lastmod(self, item: Mechanism) -> date | None:
        return item.reviewed_on


class Kinds(BothLanguages):
    def items(self) -> list[ExerciseType]:
        return list(ExerciseType.objects.visible_to(VISITOR))


class Needs(BothLanguages):
    def items(self) -> list[Need]:
        return list(Need.objects.visible_to(VISITOR))


class Plans(BothLanguages):
    def items(self) -> list[PlanTemplate]:
        return list(PlanTemplate.objects.visible_to(VISITOR).by_editors())


class Groups(BothLanguages):
    def items(self) -> list[Group]:
        return list(Group.objects.visible_to(VISITOR).listed())


class Rooms(BothLanguages):
    """The rooms of the API's reference."""

    def items(self) -> list[str]:
        return [tag["name"] for tag in kept_document()["tags"]]

    def location(self, item: str) -> str:
        return reverse("developers:room", args=[item])


SITEMAPS = {kind.__name__.lower(): kind for kind in (Places, Mechanisms, Kinds, Needs, Plans, Groups, Rooms)}

ROBOTS = f"""User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /_allauth/
Allow: /
Sitemap: {settings.SITE_ORIGIN}/sitemap.xml
"""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse(ROBOTS, content_type="text/plain", headers={"Cache-Control": "public, max-age=3600"})
