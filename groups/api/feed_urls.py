"""API routes of what is said in groups."""

from django.urls import path
from rest_framework.parsers import MultiPartParser

from core.json_input import JSONInput
from groups.api.feed import Comments, Posts, Waiting
from groups.api.picture_files import PictureFile, SmallPictureFile
from groups.api.pictures import GroupPicture

urlpatterns = [
    path("feed/", Posts.as_view({"get": "mine"}), name="api-feed"),
    path(
        "groups/<uuid:group>/posts/",
        Posts.as_view({"get": "list", "post": "create"}, parser_classes=[JSONInput, MultiPartParser]),
        name="group-posts",
    ),
    path("groups/<uuid:group>/waiting/", Waiting.as_view({"get": "retrieve"}), name="group-waiting"),
    path("groups/<uuid:group>/picture/", GroupPicture.as_view(), name="group-picture"),
    path("pictures/<uuid:uuid>/", PictureFile.as_view(), name="api-picture"),
    path("pictures/<uuid:uuid>/small/", SmallPictureFile.as_view(), name="api-small-picture"),
    path(
        "posts/<uuid:uuid>/",
        Posts.as_view({"get": "retrieve", "patch": "change", "delete": "remove"}),
        name="api-post",
    ),
    path("posts/<uuid:uuid>/look/", Posts.as_view({"post": "look"}), name="api-post-look"),
    path(
        "posts/<uuid:uuid>/cheer/", Posts.as_view({"put": "cheer", "delete": "take_back_cheer"}), name="api-post-cheer"
    ),
    path("posts/<uuid:uuid>/pin/", Posts.as_view({"put": "pin", "delete": "unpin"}), name="api-post-pin"),
    path("posts/<uuid:post>/comments/", Comments.as_view({"get": "list", "post": "create"}), name="api-comments"),
    path("comments/<uuid:uuid>/", Comments.as_view({"patch": "change", "delete": "remove"}), name="api-comment"),
    path("comments/<uuid:uuid>/look/", Comments.as_view({"post": "look"}), name="api-comment-look"),
]
