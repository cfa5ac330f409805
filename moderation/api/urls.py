"""API routes."""

from django.urls import path

from moderation.api.views import Appeals, Decisions, OneDecision, Reports

urlpatterns = [
    path("reports/", Reports.as_view(), name="api-reports"),
    path("decisions/", Decisions.as_view(), name="api-decisions"),
    path("decisions/<uuid:uuid>/", OneDecision.as_view(), name="api-decision"),
    path("decisions/<uuid:uuid>/appeal/", Appeals.as_view(), name="api-appeal"),
]
