"""Pages on which somebody comes in otherwise than by joining: asking, invited, or just to look."""

from django.urls import path

from groups.views import invitations, requests, ways

fixed = [path("invitations/<str:token>/", invitations.invitation, name="invitation")]
urlpatterns = [
    path("<str:slug>/look/", ways.look_first, name="look"),
    path("<str:slug>/take-part/", ways.take_part_now, name="take_part"),
    path("<str:slug>/ask/", requests.ask, name="ask"),
    path("<str:slug>/ask/take-back/", requests.take_back, name="take_back_request"),
    path("<str:slug>/requests/", requests.waiting, name="requests"),
    path("<str:slug>/requests/<uuid:uuid>/accept/", requests.accept, name="accept_request"),
    path("<str:slug>/requests/<uuid:uuid>/decline/", requests.decline, name="decline_request"),
    path("<str:slug>/invitations/", invitations.links, name="invitations"),
    path("<str:slug>/invitations/<uuid:uuid>/revoke/", invitations.revoke, name="revoke_invitation"),
]
