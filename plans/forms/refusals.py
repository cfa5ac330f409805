"""A service's no, said in the form."""

from django import forms

from core.errors import DomainError


def add_refusal(form: forms.Form, error: DomainError) -> None:
    """Say a service's no beside the field at fault, or above the form."""
    form.add_error(error.field if error.field in form.fields else None, str(error.message))
