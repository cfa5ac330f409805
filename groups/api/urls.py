"""API routes."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from groups.api.sharing import GroupPlans
from groups.api.views import Events, Groups

router = SimpleRouter(use_regex_path=False)
router.register("groups", Groups, basename="api-groups")
router.register("events", Events, basename="api-events")
urlpatterns = [
    *router.urls,
    path("groups/<uuid:group>/plans/", GroupPlans.as_view({"get": "list", "post": "create"}), name="group-plans"),
    path("groups/<uuid:group>/plans/<uuid:uuid>/", GroupPlans.as_view({"delete": "destroy"}), name="group-plan"),
]
