"""API of plans, under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api import turns, views

router = SimpleRouter(use_regex_path=False)
router.register("plan-templates", views.PlanTemplates, basename="plan-template")
router.register("enrollments", views.Enrollments, basename="enrollment")
router.register("logs", views.Logs, basename="log")

urlpatterns = [
    path("today/", views.today, name="today"),
    path("enrollments/<uuid:uuid>/turn/", turns.turn, name="enrollment-turn"),
    path("", include(router.urls)),
]
