"""People in the admin: who they are and what they may do here, and nothing that is theirs alone."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group as PermissionGroup
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from accounts.models import StaffRole, User
from accounts.services.credentials import end_with_password
from accounts.services.people import confirm_address
from accounts.zone_changes import announce
from core import clock

# The admin has no door of its own: the one door counts tries and asks for second factors.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
# Where somebody is signed in, and with what, is nobody's business here.
admin.site.unregister([PermissionGroup, EmailAddress, Authenticator, UserSession])


class PersonCreationForm(UserCreationForm):  # type: ignore[misc]
    class Meta(UserCreationForm.Meta):  # type: ignore[misc]
        model = User
        fields = ("email",)
        field_classes: dict[str, Any] = {}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class PersonChangeForm(UserChangeForm):  # type: ignore[misc]
    class Meta(UserChangeForm.Meta):  # type: ignore[misc]
        model = User
        field_classes: dict[str, Any] = {}

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class PersonPasswordForm(AdminPasswordChangeForm):  # type: ignore[misc]
    def save(self, commit: bool = True) -> User:  # noqa: FBT001, FBT002
        """A password from staff ends what the old one opened, as any new one does."""
        person: User = super().save(commit)
        end_with_password(person=person, kept=None, now=clock.now())
        return person


@admin.register(User)
class PersonAdmin(UserAdmin, ModelAdmin):  # type: ignore[misc, type-arg]
    """Staff see how to reach a person; how a person lives their week is not shown."""

    form = PersonChangeForm
    add_form = PersonCreationForm
    change_password_form = PersonPasswordForm
    ordering = ("-joined_at",)
    list_display = ("email", "display_name", "language", "is_active", "is_staff", "joined_at")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "display_name")
    readonly_fields = ("uuid", "joined_at", "welcomed_at", "last_login")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "password", "display_name", "language", "time_zone")}),
        (_("Staff"), {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        (_("Dates"), {"fields": ("joined_at", "welcomed_at", "last_login", "uuid")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Only a superuser hands out what staff may do."""
        fixed = super().get_readonly_fields(request, obj)
        rights = ("is_staff", "is_superuser", "groups", "user_permissions")
        return fixed if request.user.is_superuser else (*fixed, *rights)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Leave superusers to superusers."""
        people = super().get_queryset(request)
        return people if request.user.is_superuser else people.filter(is_superuser=False)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: Any) -> None:
        """An address that staff wrote down counts as confirmed."""
        super().save_model(request, obj, form, change)
        if "time_zone" in form.changed_data:
            announce(obj)
        if not change or "email" in form.changed_data:
            confirm_address(person=obj)


@admin.register(StaffRole)
class StaffRoleAdmin(GroupAdmin, ModelAdmin):  # type: ignore[misc]
    """What a kind of staff may do; people get it on their own page."""
