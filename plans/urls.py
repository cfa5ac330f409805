"""Pages under `/plans/`. Words that stand before `<slug>` are kept from plans (`plans.manuscript.RESERVED`)."""

from django.urls import path

from plans.views import days, follow, following, logs, pauses, templates

app_name = "plans"
urlpatterns = [
    path("", templates.templates, name="templates"),
    path("mine/", following.mine, name="mine"),
    path("following/<uuid:uuid>/stop/", following.stop, name="stop"),
    path("following/<uuid:uuid>/change/", follow.change, name="change_following"),
    path("following/<uuid:uuid>/not-today/", days.not_today, name="not_today"),
    path("following/<uuid:uuid>/pause/", pauses.pause, name="pause"),
    path("pause/", pauses.pause, name="pause_all"),
    path("pause/<uuid:uuid>/end/", pauses.end, name="end_pause"),
    path("log/", logs.log, name="log"),
    path("logs/", logs.logs, name="logs"),
    path("logs/<uuid:uuid>/", logs.edit, name="edit_log"),
    path("logs/<uuid:uuid>/delete/", logs.delete, name="delete_log"),
    path("<slug:slug>/", templates.template, name="template"),
    path("<slug:slug>/follow/", follow.follow, name="follow"),
]
