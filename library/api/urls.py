"""API routes."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from library.api import marks, views

router = SimpleRouter()
router.register("domains", views.DomainViewSet, basename="api-domain")
router.register("mechanisms", views.MechanismViewSet, basename="api-mechanism")
router.register("needs", views.NeedViewSet, basename="api-need")
router.register("citations", views.CitationViewSet, basename="api-citation")

urlpatterns = [
    *router.urls,
    path("help/", views.HelpView.as_view(), name="api-help"),
    path("bookmarks/", marks.BookmarksView.as_view(), name="api-bookmarks"),
    path("bookmarks/<slug:kind>/<slug:slug>/", marks.BookmarkView.as_view(), name="api-bookmark"),
    path("read/<slug:kind>/<slug:slug>/", marks.ReadView.as_view(), name="api-read"),
]
