"""Pages on which somebody answers an event."""

from django.urls import path

from groups.views import answers

fixed = [path("answers/<str:token>/", answers.answer_link, name="answer_link")]
urlpatterns = [path("<str:slug>/events/<uuid:uuid>/rsvp/", answers.answer, name="rsvp")]
