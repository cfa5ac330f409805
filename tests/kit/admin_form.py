"""What the admin's forms hold."""

from django.test import Client


def form_of(client: Client, url: str) -> dict[str, object]:
    """Return what a browser would send if the form were saved unchanged."""
    context = client.get(url).context
    forms = [context["adminform"].form, *(f.formset.management_form for f in context["inline_admin_formsets"])]
    forms += [form for inline in context["inline_admin_formsets"] for form in inline.formset.forms]
    data: dict[str, object] = {}
    for form in forms:
        for bound in form:
            value = bound.value()
            if isinstance(value, list):
                data[bound.html_name] = [getattr(item, "pk", item) for item in value]
            elif value is not None and value is not False:  # 0 is a number of forms
                data[bound.html_name] = value
    return data
