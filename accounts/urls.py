"""Pages under `/me/`."""

from django.urls import path

from accounts import views, views_leaving, views_tokens

app_name = "accounts"
urlpatterns = [
    path("welcome/<slug:step>/", views.welcome, name="welcome"),
    path("settings/", views.settings, name="settings"),
    path("numbers/", views.numbers, name="numbers"),
    path("blocks/", views.blocks, name="blocks"),
    path("blocks/<uuid:uuid>/unblock/", views.unblock, name="unblock"),
    path("tokens/", views_tokens.tokens, name="tokens"),
    path("tokens/revoke-all/", views_tokens.revoke_all, name="revoke_tokens"),
    path("tokens/<uuid:uuid>/revoke/", views_tokens.revoke, name="revoke_token"),
    path("delete/", views_leaving.leaving, name="leaving"),
    path("delete/stay/", views_leaving.stay, name="stay"),
    path("delete/keep/<str:token>/", views_leaving.keep, name="keep"),
    path("language/", views.language, name="language"),
]
