"""Pages under `/plans/`. Words that stand before `<slug>` are kept from plans (`plans.manuscript.RESERVED`)."""

from django.urls import path

from plans.views import check_ins, following, imports, logs, templates

app_name = "plans"
urlpatterns = [
    path("", templates.templates, name="templates"),
    path("mine/", following.mine, name="mine"),
    path("following/<uuid:uuid>/stop/", following.stop, name="stop"),
    path("log/", logs.log, name="log"),
    path("logs/", logs.logs, name="logs"),
    path("logs/<uuid:uuid>/", logs.edit, name="edit_log"),
    path("logs/<uuid:uuid>/delete/", logs.delete, name="delete_log"),
    path("import/", imports.bring_in, name="import"),
    path("import/note/", imports.note_import, name="note_import"),
    path("check-ins/", check_ins.check_ins, name="check_ins"),
    path("check-ins/result/<uuid:uuid>/", check_ins.result, name="check_in_result"),
    path("check-ins/result/<uuid:uuid>/delete/", check_ins.delete, name="delete_check_in"),
    path("check-ins/<slug:scale>/", check_ins.take, name="take_check_in"),
    path("<slug:slug>/", templates.template, name="template"),
    path("<slug:slug>/follow/", templates.follow, name="follow"),
]
