"""Saying what a service said, on a form."""

from django import forms

from core.errors import DomainError


def refuse(form: forms.BaseForm, error: DomainError) -> None:
    """Say what a service said, beside each field at fault; above the form when it has none of them."""
    shown: list[str | None] = [name for name in error.fields if name in form.fields]
    for field in shown or [None]:
        form.add_error(field, str(error.message))
