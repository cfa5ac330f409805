"""Pages of calendars, of who was there, and of hosts."""

from django.urls import path

from groups.views import attendance, calendar, hosting

fixed = [
    path("calendar/", calendar.my_feed, name="calendar"),
    path("calendar/make/", calendar.new_feed, name="make_calendar"),
    path("calendar/stop/", calendar.end_feed, name="stop_calendar"),
    path("calendar/<str:token>.ics", calendar.feed, name="calendar_feed"),
]
urlpatterns = [
    path("<str:slug>/events/<uuid:uuid>/event.ics", calendar.event_file, name="event_file"),
    path("<str:slug>/events/<uuid:uuid>/was-there/", attendance.was_there, name="was_there"),
    path("<str:slug>/events/<uuid:uuid>/people/", hosting.people, name="participants"),
    path("<str:slug>/events/<uuid:uuid>/people/there/", attendance.note, name="note_attendance"),
    path("<str:slug>/events/<uuid:uuid>/people/write/", hosting.write, name="write_to_participants"),
    path("<str:slug>/events/<uuid:uuid>/people/list.csv", hosting.export, name="export_participants"),
    path("<str:slug>/events/<uuid:uuid>/copy/", hosting.copy, name="copy_event"),
]
