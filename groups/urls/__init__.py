"""Pages. Addresses of groups may be in any script, so they are matched as strings; fixed addresses come first."""

from groups.urls import answers, events, feed, groups, hosting, people, roles, series, together, ways

app_name = "groups"
urlpatterns = [
    *groups.fixed,
    *answers.fixed,
    *people.fixed,
    *feed.fixed,
    *together.fixed,
    *hosting.fixed,
    *ways.fixed,
    *groups.urlpatterns,
    *roles.urlpatterns,
    *events.urlpatterns,
    *answers.urlpatterns,
    *feed.urlpatterns,
    *together.urlpatterns,
    *series.urlpatterns,
    *hosting.urlpatterns,
    *ways.urlpatterns,
]
