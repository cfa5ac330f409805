"""API routes of ways into a group."""

from django.urls import path

from groups.api.ways import GroupLooks, Invitations, Invited, JoinRequests

GROUP, REQUESTS = "groups/<uuid:group>/", "groups/<uuid:group>/requests/"

urlpatterns = [
    path(f"{GROUP}look/", GroupLooks.as_view({"post": "look"}), name="group-look"),
    path(f"{GROUP}take-part/", GroupLooks.as_view({"post": "take_part"}), name="group-take-part"),
    path(REQUESTS, JoinRequests.as_view({"get": "list", "post": "create"}), name="join-requests"),
    path(f"{REQUESTS}<uuid:uuid>/", JoinRequests.as_view({"delete": "destroy"}), name="join-request"),
    path(f"{REQUESTS}<uuid:uuid>/accept/", JoinRequests.as_view({"post": "accept"}), name="join-request-accept"),
    path(f"{REQUESTS}<uuid:uuid>/decline/", JoinRequests.as_view({"post": "decline"}), name="join-request-decline"),
    path(f"{GROUP}invitations/", Invitations.as_view({"get": "list", "post": "create"}), name="group-invitations"),
    path(f"{GROUP}invitations/<uuid:uuid>/", Invitations.as_view({"delete": "destroy"}), name="group-invitation"),
    path("invitations/<str:token>/", Invited.as_view({"get": "retrieve", "post": "use"}), name="invited"),
]
