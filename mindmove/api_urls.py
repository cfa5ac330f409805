"""Everything under `/api/v1/`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from core.permissions import Anyone
from mindmove.calendar.api import CalendarView
from mindmove.start.api import StartView

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(permission_classes=[Anyone]), name="api-schema"),
    path("start/", StartView.as_view(), name="api-start"),
    path("calendar/", CalendarView.as_view(), name="api-calendar"),
    path("", include("accounts.api.urls")),
    path("", include("library.api.urls")),
    path("", include("plans.api.urls")),
    path("", include("groups.api.urls")),
]
