"""Another day: the browser offers the days that the service takes."""

from datetime import date, time

from plans.forms.days import AnotherDayForm

FIRST, LAST = date(2026, 3, 10), date(2026, 3, 24)


def test_the_calendar_of_the_browser_ends_where_the_service_does() -> None:
    shown = str(AnotherDayForm(first=FIRST, last=LAST)["moved_to"])
    assert 'min="2026-03-10"' in shown
    assert 'max="2026-03-24"' in shown


def test_a_time_may_be_left_out() -> None:
    form = AnotherDayForm({"moved_to": "2026-03-12", "at_time": ""}, first=FIRST, last=LAST)
    assert form.is_valid()
    assert form.cleaned_data == {"moved_to": date(2026, 3, 12), "at_time": None}


def test_a_time_is_read() -> None:
    form = AnotherDayForm({"moved_to": "2026-03-12", "at_time": "07:15"}, first=FIRST, last=LAST)
    assert form.is_valid()
    assert form.cleaned_data["at_time"] == time(7, 15)
