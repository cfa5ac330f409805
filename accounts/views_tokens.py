"""The page of access tokens: make one with the password again, see which there are, take them back."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from accounts.decorators import MemberRequest, members_only
from accounts.models import AccessToken
from accounts.queries import tokens_of
from accounts.services.tokens import create_token, revoke_token, revoke_tokens
from accounts.token_forms import TokenForm
from core import clock
from core.errors import DomainError
from core.visibility import get_visible


@never_cache
@members_only
@reauthentication_required(allow_get=True)  # type: ignore[untyped-decorator]
@sensitive_variables("secret")
def tokens(request: MemberRequest) -> HttpResponse:
    """The tokens that are good; a new one is shown this once, so the answer to a post is the page itself."""
    now, secret = clock.now(), ""
    form = TokenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _made, secret = create_token(person=request.user, now=now, **form.cleaned_data)
            form = TokenForm()
        except DomainError as error:
            form.add_error(error.field if error.field in form.fields else None, str(error.message))
    context = {"form": form, "tokens": tokens_of(request.user, now=now), "secret": secret}
    return render(request, "accounts/tokens.html", context)


@require_POST
@members_only
def revoke(request: MemberRequest, uuid: str) -> HttpResponse:
    token = get_visible(AccessToken.objects.all(), request.user, uuid=uuid)
    revoke_token(token=token, now=clock.now())
    messages.success(request, _("The token “%(name)s” opens nothing any more.") % {"name": token.name})
    return redirect("accounts:tokens")


@require_POST
@members_only
def revoke_all(request: MemberRequest) -> HttpResponse:
    revoke_tokens(person=request.user, now=clock.now())
    messages.success(request, _("None of your tokens opens anything any more."))
    return redirect("accounts:tokens")
