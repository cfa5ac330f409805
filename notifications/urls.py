"""Pages."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.receipts, name="receipts"),
    path("choose/", views.choose, name="choose"),
    path("stop/<str:token>/", views.unsubscribe, name="unsubscribe"),
]
