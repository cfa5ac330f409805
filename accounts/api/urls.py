"""API routes."""

from django.urls import path

from accounts.api import leaving, tokens, views

urlpatterns = [
    path("me/", views.Me.as_view(), name="api-me"),
    path("me/deletion/", leaving.Deletion.as_view(), name="api-me-deletion"),
    path("me/welcome/", views.welcome, name="api-me-welcome"),
    path("me/tokens/", tokens.Tokens.as_view(), name="api-tokens"),
    path("me/tokens/<uuid:uuid>/", tokens.OneToken.as_view(), name="api-token"),
]
