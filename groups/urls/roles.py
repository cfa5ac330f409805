"""Pages of who is in a group and as what, and of keeping it."""

from django.urls import path

from groups.views import keeping, roles

urlpatterns = [
    path("<str:slug>/edit/", keeping.edit, name="edit_group"),
    path("<str:slug>/close/", keeping.close, name="close_group"),
    path("<str:slug>/reopen/", keeping.reopen, name="reopen_group"),
    path("<str:slug>/people/", roles.people, name="group_people"),
    path("<str:slug>/people/<uuid:uuid>/", roles.member, name="member"),
    path("<str:slug>/people/<uuid:uuid>/hand-over/", roles.hand_over, name="hand_over_group"),
    path("<str:slug>/people/<uuid:uuid>/remove/", roles.remove, name="remove_member"),
    path("<str:slug>/people/<uuid:uuid>/ban/", roles.ban, name="ban_member"),
    path("<str:slug>/people/<uuid:uuid>/lift/", roles.lift_ban, name="lift_ban"),
]
