"""Pages."""

from django.urls import path

from notifications.views import devices, inbox, links, receipts, settings

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("read/", inbox.read_all, name="read_all"),
    path("unread/", inbox.unread, name="unread"),
    path("receipts/", receipts.receipts, name="receipts"),
    path("held/", receipts.held, name="held"),
    path("settings/", settings.settings, name="settings"),
    path("choose/", settings.choose, name="choose"),
    path("pace/", settings.answer, name="pace"),
    path("devices/", devices.add, name="add_device"),
    path("devices/<uuid:uuid>/remove/", devices.remove, name="remove_device"),
    path("stop/<str:token>/", links.unsubscribe, name="unsubscribe"),
    path("fewer/<str:token>/", links.fewer, name="fewer"),
    path("<uuid:uuid>/open/", inbox.open_message, name="open"),
]
