"""Signing up, by page and by app, where two do so with one address at the same moment: a double tap, mostly."""

from typing import Any

from allauth.headless.account.inputs import SignupInput
from allauth.headless.account.views import SignupView
from django.db import IntegrityError, transaction
from django.http import HttpRequest


class OnceAnAddress:
    """For allauth's forms: whom the database refuses is answered like somebody whose address is known already."""

    def try_save(self, request: HttpRequest) -> Any:
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[misc]
        except IntegrityError:
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[misc]


class SignUpInput(OnceAnAddress, SignupInput):  # type: ignore[misc]
    pass


class SignUp(SignupView):  # type: ignore[misc]
    input_class = {"POST": SignUpInput}
