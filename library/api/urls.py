"""API routes."""

from django.urls import path
from rest_framework.routers import SimpleRouter

from library.api import dose, exercise, marks, views

router = SimpleRouter()
router.register("domains", views.DomainViewSet, basename="api-domain")
router.register("phases", views.PhaseViewSet, basename="api-phase")
router.register("mechanisms", views.MechanismViewSet, basename="api-mechanism")
router.register("needs", views.NeedViewSet, basename="api-need")
router.register("citations", views.CitationViewSet, basename="api-citation")
router.register("exercise-types", exercise.ExerciseTypeViewSet, basename="api-exercise-type")
router.register("exercise-comparisons", exercise.ComparisonNoteViewSet, basename="api-comparison")
router.register("safety", views.SafetyTextViewSet, basename="api-safety")

urlpatterns = [
    *router.urls,
    path("dose/", dose.DoseView.as_view(), name="api-dose"),
    path("dose/calculate/", dose.DoseOfAWeekView.as_view(), name="api-dose-calculate"),
    path("mechanism-map/", views.MechanismMapView.as_view(), name="api-mechanism-map"),
    path("help/", views.HelpView.as_view(), name="api-help"),
    path("search/", views.SearchView.as_view(), name="api-search"),
    path("bookmarks/", marks.BookmarksView.as_view(), name="api-bookmarks"),
    path("bookmarks/<slug:kind>/<slug:slug>/", marks.BookmarkView.as_view(), name="api-bookmark"),
    path("read/<slug:kind>/<slug:slug>/", marks.ReadView.as_view(), name="api-read"),
]
