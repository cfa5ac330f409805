"""Pages of what recurs."""

from django.urls import path

from groups.views import series

urlpatterns = [
    path("<str:slug>/series/<uuid:uuid>/", series.series_page, name="series"),
    path("<str:slug>/series/<uuid:uuid>/keep/", series.keep, name="keep_series"),
    path("<str:slug>/events/<uuid:uuid>/following/", series.change_following, name="change_following"),
    path("<str:slug>/events/<uuid:uuid>/following/cancel/", series.cancel_following, name="cancel_following"),
]
