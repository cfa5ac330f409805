"""The pages of plans, and those among them that also speak of groups' events, which only this room may."""

from django.urls import path

from mindmove.calendar import views
from plans import urls as plans

app_name = plans.app_name
urlpatterns = [
    path("calendar/", views.month, name="month"),
    path("calendar/<int:year>/<int:month>/", views.month, name="month"),
    path("calendar/week/<day:day>/", views.week, name="week"),
    path("weeks/<day:day>/back/", views.look_back, name="look_back"),
    *plans.urlpatterns,
]
