"""The style guide: every component in every state. For developers only."""

from datetime import timedelta
from types import SimpleNamespace

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core import clock

DOMAINS = [
    ("neurochemical", "Brain chemistry"),
    ("neuroplasticity", "Brain plasticity"),
    ("physiological", "Body regulation"),
    ("cognitive-behavioural", "Thoughts and actions"),
    ("social-environmental", "People and places"),
]
GRADES = [("strong", "Strong"), ("moderate", "Moderate"), ("limited", "Limited"), ("contested", "Contested")]
NAMES = ["Mira Holm", "李小雨", "Zoë", "Ελένη Παππά", "محمد علي", "देवी", "王", "Jean-Luc de la Tour"]
HILLS = [(0, 150), (20, 150), (75, 150), (110, 150), (150, 150), (230, 150), (40, 40), (120, 300)]
COLOURS = ["paper", "surface", "ink", "ink-soft", "line", "edge", "moss", "action", "sky", "dawn", "clay", "ground"]


class SampleForm(forms.Form):
    """One of each control."""

    name = forms.CharField(label="Your name", help_text="As you would like others to read it. Any script.")
    email = forms.EmailField(label="E-mail", required=False)
    day = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.ChoiceField(label="Where", choices=[("park", "In a park"), ("water", "By water")])
    note = forms.CharField(label="Note to myself", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    company = forms.ChoiceField(
        label="Company",
        widget=forms.RadioSelect,
        choices=[("alone", "On my own"), ("one", "With somebody"), ("group", "With a group")],
    )
    days = forms.MultipleChoiceField(
        label="Days", widget=forms.CheckboxSelectMultiple, choices=[(d, d) for d in ("Mon", "Tue", "Wed", "Thu")]
    )
    quietly = forms.BooleanField(label="Quietly", help_text="Only hosts see that you come.", required=False)
    mood = forms.IntegerField(label="How do you feel?", required=False)
    mastery = forms.IntegerField(label="How capable did you feel?", required=False)
    effort = forms.CharField(label="How was your breath?")


def styleguide(request: HttpRequest) -> HttpResponse:
    now = clock.now()
    event = SimpleNamespace(
        title="Riverside walk",
        place="Weidendammer Brücke, Berlin",
        starts_at=now + timedelta(days=2),
        ends_at=now + timedelta(days=2, hours=1),
        time_zone="Europe/Berlin",
        group=SimpleNamespace(name="Morning Mosses"),
        get_absolute_url="#",
    )
    context = {
        "session": SimpleNamespace(floor_minutes=2, floor="Shoes on, to the door and back."),
        "colours": COLOURS,
        "domains": DOMAINS,
        "grades": GRADES,
        "names": NAMES,
        "hills": HILLS,
        "event": event,
        "form": SampleForm(initial={"mood": 4, "effort": "light", "company": "alone", "days": ["Tue"]}),
        "faulty": SampleForm({"faulty-email": "nobody@", "faulty-mood": "x"}, prefix="faulty"),
    }
    return render(request, "devtools/styleguide.html", context)
