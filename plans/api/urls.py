"""API of plans, under `/api/v1/`."""

from django.urls import include, path
from rest_framework.routers import SimpleRouter

from plans.api import calendar, check_ins, following, imports, insights, turns, views
from plans.api.beginnings import Beginnings
from plans.api.own import OwnPlans
from plans.api.workouts import Workouts

router = SimpleRouter(use_regex_path=False)
router.register("plan-templates", views.PlanTemplates, basename="plan-template")
router.register("own-plans", OwnPlans, basename="own-plan")
router.register("enrollments", views.Enrollments, basename="enrollment")
router.register("pauses", following.Pauses, basename="pause")
router.register("beginnings", Beginnings, basename="beginning")
router.register("logs", views.Logs, basename="log")
router.register("check-ins", check_ins.CheckIns, basename="check-in")

urlpatterns = [
    path("check-in-scales/", check_ins.scales, name="check-in-scales"),
    path("imports/workouts/", Workouts.as_view(), name="import-workouts"),
    path("imports/", imports.Imports.as_view(), name="imports"),
    path("today/", views.today, name="today"),
    path("readiness/", following.readiness, name="readiness"),
    path("enrollments/<uuid:uuid>/days/", following.days, name="changed_days"),
    path("enrollments/<uuid:uuid>/days/<day:planned_on>/", following.day, name="changed_day"),
    path("weeks/", calendar.WeeksView.as_view(), name="api-weeks"),
    path("numbers/", insights.numbers, name="numbers"),
    path("my-mechanisms/", insights.mechanisms, name="my-mechanisms"),
    path("enrollments/<uuid:uuid>/turn/", turns.turn, name="enrollment-turn"),
    path("", include(router.urls)),
]
