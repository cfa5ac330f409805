"""URL roots. Pages carry their language in the address; the API, the admin and probes do not."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.http import require_safe

from core import health
from library.views.safety import offline_script
from mindmove import views
from mindmove.metrics import metrics
from mindmove.sitemaps import SITEMAPS, robots

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", require_safe(sitemap), {"sitemaps": SITEMAPS}, name="sitemap"),
    path("sw.js", offline_script, name="offline_script"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
    path("_allauth/", include("accounts.headless_urls")),
    path("api/v1/", include("mindmove.api_urls")),
]

urlpatterns += i18n_patterns(
    path("", views.home, name="home"),
    path("account/", include("accounts.entrance_urls")),
    path("me/", include("accounts.urls")),
    path("me/", include("moderation.urls")),
    path("library/", include("mindmove.start.urls")),
    path("plans/", include("mindmove.calendar.urls")),
    path("groups/", include("groups.urls")),
    path("developers/", include("mindmove.openapi.urls")),
    path("messages/", include("notifications.urls")),
    *([path("dev/", include("mindmove.devtools.urls"))] if settings.DEVTOOLS else []),
    prefix_default_language=False,
)
