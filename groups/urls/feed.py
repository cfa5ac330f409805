"""Pages of what is said in groups, and their pictures."""

from django.urls import path

from groups.views import feed, pictures, watching

fixed = [path("feed/", feed.my_feed, name="my_feed")]
urlpatterns = [
    path("<str:slug>/feed/", feed.group_feed, name="feed"),
    path("<str:slug>/feed/waiting/", watching.waiting, name="waiting_words"),
    path("<str:slug>/feed/<uuid:uuid>/", feed.post, name="post"),
    path("<str:slug>/feed/<uuid:uuid>/cheer/", feed.cheer, name="cheer"),
    path("<str:slug>/feed/<uuid:uuid>/pin/", watching.pin, name="pin_post"),
    path("<str:slug>/feed/<str:kind>/<uuid:uuid>/edit/", feed.edit, name="edit_words"),
    path("<str:slug>/feed/<str:kind>/<uuid:uuid>/remove/", feed.remove, name="remove_words"),
    path("<str:slug>/feed/<str:kind>/<uuid:uuid>/look/", watching.look, name="look_after_words"),
    path("<str:slug>/picture/", pictures.group_picture, name="group_picture"),
    path("<str:slug>/picture/remove/", pictures.remove_group_picture, name="remove_group_picture"),
    path("<str:slug>/pictures/<uuid:uuid>/", pictures.picture, name="picture"),
    path("<str:slug>/pictures/<uuid:uuid>/small/", pictures.small_picture, name="small_picture"),
]
