"""API of plans, under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api import insights, views

router = SimpleRouter(use_regex_path=False)
router.register("plan-templates", views.PlanTemplates, basename="plan-template")
router.register("enrollments", views.Enrollments, basename="enrollment")
router.register("logs", views.Logs, basename="log")

urlpatterns = [
    path("today/", views.today, name="today"),
    path("numbers/", insights.numbers, name="numbers"),
    path("mechanisms/mine/", insights.mechanisms, name="my-mechanisms"),
    path("", include(router.urls)),
]
