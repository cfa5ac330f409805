"""Input of pages and of the admin: cleaned here, kept by services."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminIntegerFieldWidget,
    UnfoldAdminRadioSelectWidget,
    UnfoldAdminTextareaWidget,
)

from moderation.models import Appeal, Decision, Report
from moderation.subjects import Subject


class ReportForm(forms.Form):
    reason = forms.ChoiceField(label=_("What is it about?"), choices=Report.Reason.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("What is good to know? A sentence is enough."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AppealForm(forms.Form):
    words = forms.CharField(
        label=_("What is wrong with it?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class DecisionForm(forms.Form):
    """For moderators. Offers only what can be done to the thing at hand."""

    act = forms.ChoiceField(label=_("What do you decide?"), widget=UnfoldAdminRadioSelectWidget)
    days = forms.IntegerField(
        label=_("For how many days"),
        help_text=_("Only when you suspend."),
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    words = forms.CharField(
        label=_("Your words to the person"),
        help_text=_(
            "They read this in a mail. Say what it is about and what you ask for, "
            "and never that somebody reported, or who."
        ),
        required=False,
        max_length=1000,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, subject: Subject | None, has_person: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {Decision.Act.NOTHING}
        if subject is not None and subject.hide is not None:
            offered.add(Decision.Act.HIDE)
        if has_person:
            offered |= {Decision.Act.WARN, Decision.Act.SUSPEND, Decision.Act.BAN}
        self.fields["act"].choices = [  # type: ignore[attr-defined]
            choice for choice in Decision.Act.choices if choice[0] in offered
        ]


class AnswerForm(forms.Form):
    """A moderator's answer to an appeal."""

    outcome = forms.ChoiceField(
        label=_("What do you decide?"),
        choices=[choice for choice in Appeal.Outcome.choices if choice[0] != Appeal.Outcome.OPEN],
        widget=UnfoldAdminRadioSelectWidget,
    )
    answer = forms.CharField(
        label=_("Your words to the person"), max_length=1000, widget=UnfoldAdminTextareaWidget(attrs={"rows": 5})
    )
