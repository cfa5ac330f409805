"""API of plans, under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api import calendar, views

router = SimpleRouter(use_regex_path=False)
router.register("plan-templates", views.PlanTemplates, basename="plan-template")
router.register("enrollments", views.Enrollments, basename="enrollment")
router.register("logs", views.Logs, basename="log")

urlpatterns = [
    path("today/", views.today, name="today"),
    path("weeks/", calendar.WeeksView.as_view(), name="api-weeks"),
    path("enrollments/<uuid:uuid>/days/<day:day>/", calendar.PlannedDayView.as_view(), name="api-planned-day"),
    path("", include(router.urls)),
]
