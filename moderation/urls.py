"""Pages under `/me/`."""

from django.urls import path

from moderation import views

app_name = "moderation"
urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/new/<slug:kind>/<uuid:uuid>/", views.new_report, name="new_report"),
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/<uuid:uuid>/", views.decision, name="decision"),
    path("decisions/link/<str:token>/", views.decision_by_link, name="decision_by_link"),
]
