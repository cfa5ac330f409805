"""API routes."""

from rest_framework.routers import SimpleRouter

from groups.api.views import Events, Groups

router = SimpleRouter(use_regex_path=False)
router.register("groups", Groups, basename="api-groups")
router.register("events", Events, basename="api-events")
urlpatterns = router.urls
