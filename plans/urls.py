"""Pages under `/plans/`. Words that stand before `<slug>` are kept from plans (`plans.manuscript.RESERVED`)."""

from django.urls import path

from plans.views import beginnings, check_ins, days, follow, following, imports, logs, own, own_weeks, pauses, templates

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
    path("begin/", beginnings.begin, name="begin"),
    path("beginnings/<uuid:uuid>/let-go/", beginnings.let_go, name="let_go"),
    path("log/", logs.log, name="log"),
    path("logs/", logs.logs, name="logs"),
    path("logs/<uuid:uuid>/", logs.edit, name="edit_log"),
    path("logs/<uuid:uuid>/delete/", logs.delete, name="delete_log"),
    path("own/", own.plans, name="own_plans"),
    path("own/new/", own.new, name="own_new"),
    path("own/ladder/", own_weeks.ladder, name="own_ladder"),
    path("own/<slug:slug>/", own.plan, name="own_plan"),
    path("own/<slug:slug>/ready/", own.ready, name="own_ready"),
    path("own/<slug:slug>/draft/", own.draft, name="own_draft"),
    path("own/<slug:slug>/remove/", own.remove, name="own_remove"),
    path("own/<slug:slug>/weeks/add/", own_weeks.add, name="own_add_week"),
    path("own/<slug:slug>/weeks/<int:number>/", own_weeks.week, name="own_week"),
    path("own/<slug:slug>/weeks/<int:number>/remove/", own_weeks.remove, name="own_remove_week"),
    path("following/<uuid:uuid>/steps/", own.change, name="change_followed"),
    path("<slug:slug>/copy/", own.copy, name="copy"),
    path("import/", imports.bring_in, name="import"),
    path("import/note/", imports.note_import, name="note_import"),
    path("check-ins/", check_ins.check_ins, name="check_ins"),
    path("check-ins/result/<uuid:uuid>/", check_ins.result, name="check_in_result"),
    path("check-ins/result/<uuid:uuid>/delete/", check_ins.delete, name="delete_check_in"),
    path("check-ins/<slug:scale>/", check_ins.take, name="take_check_in"),
    path("<slug:slug>/", templates.template, name="template"),
    path("<slug:slug>/follow/", follow.follow, name="follow"),
]
