"""Pages under `/me/`."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("welcome/<slug:step>/", views.welcome, name="welcome"),
    path("settings/", views.settings, name="settings"),
    path("numbers/", views.numbers, name="numbers"),
    path("language/", views.language, name="language"),
]
