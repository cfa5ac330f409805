"""Pages of what groups do together, and of two who keep each other company."""

from django.urls import path

from groups.views import buddies, noticers, plans_together, together

fixed = [
    path("buddies/", buddies.mine, name="buddies"),
    path("buddies/ask/", buddies.ask, name="ask_buddy"),
    path("buddies/<uuid:uuid>/agree/", buddies.agree, name="agree_buddy"),
    path("buddies/<uuid:uuid>/end/", buddies.end, name="end_buddy"),
    path("buddies/<uuid:uuid>/word/", buddies.word, name="buddy_word"),
    path("buddies/noticing/", noticers.ask, name="ask_noticer"),
    path("buddies/noticing/<uuid:uuid>/agree/", noticers.agree, name="agree_noticer"),
    path("buddies/noticing/<uuid:uuid>/end/", noticers.end, name="end_noticer"),
]
urlpatterns = [
    path("<str:slug>/goals/new/", together.new_goal, name="new_goal"),
    path("<str:slug>/goals/<uuid:uuid>/", together.goal, name="goal"),
    path("<str:slug>/goals/<uuid:uuid>/count/", together.count_me_in, name="count_me_in"),
    path("<str:slug>/goals/<uuid:uuid>/not-count/", together.count_me_out, name="count_me_out"),
    path("<str:slug>/goals/<uuid:uuid>/close/", together.close_goal, name="close_goal"),
    path("<str:slug>/together/new/", plans_together.new_group_plan, name="new_group_plan"),
    path("<str:slug>/together/<uuid:uuid>/follow/", plans_together.follow_along, name="follow_along"),
    path("<str:slug>/together/<uuid:uuid>/leave/", plans_together.leave_along, name="leave_along"),
    path("<str:slug>/together/<uuid:uuid>/end/", plans_together.end_group_plan, name="end_group_plan"),
]
