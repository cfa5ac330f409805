"""API of plans, under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api import check_ins, imports, views

router = SimpleRouter(use_regex_path=False)
router.register("plan-templates", views.PlanTemplates, basename="plan-template")
router.register("enrollments", views.Enrollments, basename="enrollment")
router.register("logs", views.Logs, basename="log")
router.register("check-ins", check_ins.CheckIns, basename="check-in")

urlpatterns = [
    path("check-in-scales/", check_ins.scales, name="check-in-scales"),
    path("imports/", imports.Imports.as_view(), name="imports"),
    path("today/", views.today, name="today"),
    path("", include(router.urls)),
]
