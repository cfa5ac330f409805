"""Pages for developers only."""

from django.urls import path

from mindmove.devtools import mailbox, styleguide

app_name = "dev"
urlpatterns = [
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox.mail, name="mail"),
    path("mailbox/<slug:name>/html/", mailbox.mail_html, name="mail_html"),
    path("mailbox/<slug:name>/source/", mailbox.mail_source, name="mail_source"),
]
