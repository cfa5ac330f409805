"""The API addresses of messages and devices."""

from django.urls import path

from notifications.api import devices, views

urlpatterns = [
    path("me/devices/", devices.Devices.as_view(), name="api-devices"),
    path("me/devices/<uuid:uuid>/", devices.OneDevice.as_view(), name="api-device"),
    path("me/messages/", views.Messages.as_view(), name="api-messages"),
    path("me/messages/unread/", views.Unread.as_view(), name="api-messages-unread"),
    path("me/messages/seen/", views.Seen.as_view(), name="api-messages-seen"),
    path("me/messages/receipts/", views.Receipts.as_view(), name="api-messages-receipts"),
    path("me/messages/held/", views.Held.as_view(), name="api-messages-held"),
    path("me/messages/settings/", views.Settings.as_view(), name="api-messages-settings"),
    path("me/messages/pace/", views.PaceOfKind.as_view(), name="api-messages-pace"),
    path("push-key/", devices.PushKey.as_view(), name="api-push-key"),
]
