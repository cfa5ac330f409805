"""Everything under `/api/v1/`."""

from django.urls import include, path

from mindmove.batch.api import BatchView
from mindmove.calendar.api import CalendarView
from mindmove.calendar.look_back_api import LookBackView
from mindmove.openapi.pages import docs
from mindmove.openapi.views import SchemaView
from mindmove.start.api import StartView
from mindmove.sync.api import ChangesView

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="api-schema"),
    path("docs/", docs, name="api-docs"),
    path("batch/", BatchView.as_view(), name="api-batch"),
    path("start/", StartView.as_view(), name="api-start"),
    path("changes/", ChangesView.as_view(), name="api-changes"),
    path("calendar/", CalendarView.as_view(), name="api-calendar"),
    path("weeks/<day:day>/back/", LookBackView.as_view(), name="api-look-back"),
    path("", include("accounts.api.urls")),
    path("", include("moderation.api.urls")),
    path("", include("notifications.api.urls")),
    path("", include("library.api.urls")),
    path("", include("plans.api.urls")),
    path("", include("groups.api.urls")),
]
