"""API routes."""

from django.urls import path

from accounts.api import views

urlpatterns = [
    path("me/", views.me, name="api-me"),
    path("me/welcome/", views.welcome, name="api-me-welcome"),
]
