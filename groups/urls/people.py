"""Pages of people, beside the groups."""

from django.urls import path

from groups.views import people

fixed = [
    path("people/<uuid:uuid>/", people.person, name="person"),
    path("people/<uuid:uuid>/block/", people.block, name="block_person"),
]
