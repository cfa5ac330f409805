"""Pages under `/plans/`. Words that stand before `<slug>` are kept from plans (`plans.manuscript.RESERVED`)."""

from django.urls import path

from plans.views import following, logs, templates, turns

app_name = "plans"
urlpatterns = [
    path("", templates.templates, name="templates"),
    path("mine/", following.mine, name="mine"),
    path("following/<uuid:uuid>/stop/", following.stop, name="stop"),
    path("following/<uuid:uuid>/turn/", turns.turn, name="turn"),
    path("log/", logs.log, name="log"),
    path("logs/", logs.logs, name="logs"),
    path("logs/<uuid:uuid>/", logs.edit, name="edit_log"),
    path("logs/<uuid:uuid>/delete/", logs.delete, name="delete_log"),
    path("<slug:slug>/", templates.template, name="template"),
    path("<slug:slug>/follow/", templates.follow, name="follow"),
]
