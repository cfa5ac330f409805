"""API routes of what groups do together, and of two who keep each other company."""

from django.urls import path

from groups.api.buddies import BuddyViews, NoticerViews
from groups.api.together import GroupGoals, PlansTogether

GOALS, PLANS = "groups/<uuid:group>/goals/", "groups/<uuid:group>/together/"

urlpatterns = [
    path(GOALS, GroupGoals.as_view({"get": "list", "post": "create"}), name="group-goals"),
    path(f"{GOALS}<uuid:uuid>/", GroupGoals.as_view({"delete": "destroy"}), name="group-goal"),
    path(
        f"{GOALS}<uuid:uuid>/part/",
        GroupGoals.as_view({"put": "count_me_in", "delete": "count_me_out"}),
        name="group-goal-part",
    ),
    path(PLANS, PlansTogether.as_view({"get": "list", "post": "create"}), name="plans-together"),
    path(f"{PLANS}<uuid:uuid>/", PlansTogether.as_view({"delete": "destroy"}), name="plan-together"),
    path(
        f"{PLANS}<uuid:uuid>/part/",
        PlansTogether.as_view({"put": "follow", "delete": "leave"}),
        name="plan-together-part",
    ),
    path("buddies/", BuddyViews.as_view({"get": "list", "post": "create"}), name="buddies"),
    path("buddies/people/", BuddyViews.as_view({"get": "people"}), name="buddies-people"),
    path("buddies/<uuid:uuid>/", BuddyViews.as_view({"delete": "destroy"}), name="buddy"),
    path("buddies/<uuid:uuid>/agreement/", BuddyViews.as_view({"put": "agree"}), name="buddy-agreement"),
    path("buddies/<uuid:uuid>/word/", BuddyViews.as_view({"put": "word"}), name="buddy-word"),
    path("noticers/", NoticerViews.as_view({"get": "overview", "post": "create"}), name="noticers"),
    path("noticers/<uuid:uuid>/", NoticerViews.as_view({"delete": "destroy"}), name="noticer"),
    path("noticers/<uuid:uuid>/agreement/", NoticerViews.as_view({"put": "agree"}), name="noticer-agreement"),
]
