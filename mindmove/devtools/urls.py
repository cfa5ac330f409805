"""Pages for developers only."""

from django.urls import path

from mindmove.devtools import gallery, mailbox, styleguide

app_name = "dev"
urlpatterns = [
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("messages/", gallery.gallery, name="messages"),
    path("messages/<slug:kind>/", gallery.message, name="message"),
    path("messages/<slug:kind>/<slug:language>/<int:number>/", gallery.message_html, name="message_html"),
    path("mailbox/", mailbox.mailbox, name="mailbox"),
    path("mailbox/<slug:name>/", mailbox.mail, name="mail"),
    path("mailbox/<slug:name>/html/", mailbox.mail_html, name="mail_html"),
    path("mailbox/<slug:name>/source/", mailbox.mail_source, name="mail_source"),
]
