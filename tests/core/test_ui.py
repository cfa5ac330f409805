"""Tags of the design system."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.template import engines
from django.utils import timezone, translation

from core import moments, pictures


class Form(forms.Form):
    name = forms.CharField(label="Name", help_text="Any script.")
    email = forms.EmailField(label="E-mail", required=False)
    company = forms.ChoiceField(
        label="Company", widget=forms.RadioSelect, choices=[("alone", "Alone"), ("group", "In a group")]
    )
    quietly = forms.BooleanField(label="Quietly", help_text="Only hosts see it.", required=False)
    mood = forms.IntegerField(label="Mood", required=False)
    effort = forms.CharField(label="Effort")
    token = forms.CharField(widget=forms.HiddenInput)


def render(source: str, **context: object) -> str:
    return " ".join(engines.all()[0].from_string(source).render(context).split())


# Fields ------------------------------------------------------------------------------------------
def test_field_ties_label_help_and_error_to_its_control():
    page = render("{% field form.name %}", form=Form({}))

    assert '<label class="field__label" for="id_name">Name' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'aria-invalid="true"' in page
    assert 'id="id_name_helptext">Any script.' in page
    assert page.count('id="id_name_error"') == 1


def test_field_keeps_what_was_typed_and_escapes_it():
    page = render("{% field form.email %}", form=Form({"email": '"><b>'}))

    assert 'value="&quot;&gt;&lt;b&gt;"' in page
    assert "(optional)" in page


def test_field_draws_radios_as_a_described_group():
    page = render("{% field form.company %}", form=Form({"company": "nobody"}))

    assert 'aria-describedby="id_company_error"' in page
    assert page.count('type="radio"') == 2
    assert "<legend" in page


def test_field_draws_a_checkbox_inside_its_label():
    page = render("{% field form.quietly %}", form=Form())

    assert page.index("<label") < page.index('type="checkbox"') < page.index("</label>")
    assert 'id="id_quietly_helptext"' in page


def test_hidden_field_is_only_its_input():
    assert render("{% field form.token %}", form=Form()).startswith('<input type="hidden"')


def test_form_errors_leads_to_each_field():
    page = render("{% form_errors form %}", form=Form({}))

    assert 'role="alert"' in page
    assert 'href="#id_name"' in page


def test_form_errors_says_nothing_when_all_is_well():
    assert render("{% form_errors form %}", form=Form()) == ""


# Scales ------------------------------------------------------------------------------------------
def test_mood_scale_has_seven_steps_with_words_at_the_ends():
    page = render("{% mood_scale form.mood %}", form=Form(initial={"mood": 3}))

    assert page.count('type="radio"') == 7
    assert page.count("checked") == 1
    assert "very low" in page
    assert "very good" in page


def test_ten_scale_has_eleven_steps_and_keeps_zero():
    page = render("{% ten_scale form.mood %}", form=Form({"mood": "0"}))

    assert page.count('type="radio"') == 11
    assert 'value="0" checked' in page


def test_talk_test_keeps_the_choice():
    page = render("{% talk_test form.effort %}", form=Form({"effort": "moderate"}))

    assert 'value="moderate" checked' in page
    assert page.count("required") == 3


# Marks and pictures ------------------------------------------------------------------------------
def test_mark_is_decoration_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% domain_mark "neurochemical" %}')
    assert 'role="img" aria-label="Brain"' in render('{% domain_mark "neurochemical" "Brain" %}')


def test_every_domain_has_a_shape_of_its_own():
    slugs = ["neurochemical", "neuroplasticity", "physiological", "cognitive-behavioural", "social-environmental"]
    drawn = [render("{% domain_mark slug %}", slug=slug).split(">", 1)[1] for slug in slugs]

    assert len(set(drawn)) == 5


@pytest.mark.parametrize("value", ["strong", "moderate", "limited", "contested"])
def test_grade_is_a_word_with_a_shape(value):
    page = render("{% grade value label %}", value=value, label="Word")

    assert f"grade--{value}" in page
    assert page.endswith("Word</span>")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mira Holm", "MH"),
        ("李小雨", "小雨"),
        ("王", "王"),
        ("欧阳娜娜", "娜娜"),
        ("Zoë", "Z"),
        ("Ελένη Παππά", "ΕΠ"),
        ("देवी", "दे"),
        ("Jean-Luc de la Tour", "JT"),
        ("🌿", ""),
        ("", ""),
    ],
)
def test_initials_in_any_script(name, expected):
    assert pictures.initials(name) == expected


def test_soft_shape_stays_the_same():
    assert pictures.soft_shape("a") == pictures.soft_shape("a")


def test_hill_is_bare_before_the_first_minute():
    hill = pictures.hill(0, 150)

    assert hill.fill == ""
    assert hill.now is None
    assert [post.minutes for post in hill.posts] == [75, 150]


def test_hill_rises_most_at_the_start_and_stays_inside_its_box():
    early, half, full, beyond = (pictures.hill(minutes, 150).now for minutes in (1, 75, 150, 5000))

    assert early[1] > half[1] > full[1]
    assert early[1] - half[1] > half[1] - full[1]
    assert beyond == (pictures.HILL_WIDTH * pictures.TOP, pictures.hill(300, 150).now[1])  # as high as any, never down


def test_hill_is_as_high_as_cohorts_found_at_half_and_at_the_guideline():
    half, guideline = pictures.gain(75), pictures.gain(150)

    assert half / guideline == pytest.approx(pictures.LOWER_AT_HALF / pictures.LOWER_AT_GUIDELINE)
    assert pictures.gain(0) == 0
    assert pictures.gain(10_000) == pytest.approx(1)


@pytest.mark.parametrize("minutes", range(1, 11))
def test_the_first_minutes_are_seen(minutes):
    for target in (10, 150, 1000):
        hill = pictures.hill(minutes, target)

        width = max(float(point.split()[0]) for point in hill.ridge[1:].split(" L"))
        assert width >= pictures.LEAST_FILL
        assert hill.now[1] < pictures.HILL_BASE


def test_marks_stand_at_their_true_minutes():
    hill = pictures.hill(75, 150)

    assert [post.x for post in hill.posts] == [hill.now[0], 2 * hill.now[0]]


def test_a_range_has_a_hill_a_week_and_level_ground_where_nothing_was():
    bare, first, full = pictures.hill_range([0, 10, 150])

    assert bare.top == pictures.RANGE_BASE - pictures.BARE
    assert bare.top > first.top > full.top
    assert bare.x < first.x < full.x


@pytest.mark.parametrize(
    ("target", "posts"), [(150, [75, 150]), (160, [75, 150]), (300, [75, 150, 300]), (30, [30, 75, 150])]
)
def test_hill_marks_the_own_target_when_it_stands_apart(target, posts):
    assert [post.minutes for post in pictures.hill(10, target).posts] == posts


def test_hill_says_itself_in_words():
    page = render("{% dose_hill 60 150 %}")

    assert "<strong>60 minutes</strong>" in page
    assert 'role="img"' in page


@pytest.mark.parametrize(("value", "of", "expected"), [(1, 2, 50.0), (3, 2, 100.0), (0, 0, 0.0), (-1, 5, 0.0)])
def test_share_stays_between_none_and_all(value, of, expected):
    assert pictures.share(value, of) == expected


# Time --------------------------------------------------------------------------------------------
MOMENT = datetime(2026, 11, 24, 17, 30, tzinfo=UTC)


def test_moment_in_both_languages():
    assert moments.moment_in_words(MOMENT, "Europe/Berlin", now=MOMENT) == "Tuesday 24 November, 18:30"
    with translation.override("zh-hans"):
        assert moments.moment_in_words(MOMENT, "Europe/Berlin", now=MOMENT) == "11月24日 周二 18:30"


def test_year_is_said_when_it_is_another():
    assert moments.day_in_words(date(2027, 1, 3), this_year=2026) == "Sunday 3 January 2027"
    with translation.override("zh-hans"):
        assert moments.day_in_words(date(2027, 1, 3), this_year=2026) == "2027年1月3日 周日"


def shown_to(*, is_authenticated: bool, zone: str) -> str:
    request = SimpleNamespace(user=SimpleNamespace(is_authenticated=is_authenticated))
    with timezone.override(zone):
        return render('{% local_time at "Europe/Berlin" %}', request=request, at=MOMENT)


def test_local_time_adds_the_readers_clock_when_it_differs(now):
    assert "Where you are: Wednesday 25 November, 01:30" in shown_to(is_authenticated=True, zone="Asia/Shanghai")


def test_local_time_says_it_once_when_the_clocks_agree(now):
    assert "Where you are" not in shown_to(is_authenticated=True, zone="Europe/Madrid")


def test_local_time_guesses_no_zone_for_a_visitor(now):
    assert "Where you are" not in shown_to(is_authenticated=False, zone="UTC")


# Text --------------------------------------------------------------------------------------------
SAID = '{% sentences %} {{ first }} {{ second }} <a href="/a b">{{ third }}</a> {{ last }} {% endsentences %}'


def test_sentences_keep_their_spaces_in_english():
    said = render(SAID, first="All seats are taken.", second="You are third.", third="Answer.", last="Then go.")

    assert said == 'All seats are taken. You are third. <a href="/a b">Answer.</a> Then go.'


def test_sentences_stand_close_in_chinese_and_words_keep_their_air():
    with translation.override("zh-hans"):
        said = render(SAID, first="4 个名额都有人了。", second="你在候补第 3 位。", third="答复。", last="好 Go")

    assert said == '4 个名额都有人了。你在候补第 3 位。<a href="/a b">答复。</a>好 Go'


def test_sentences_show_markup_of_others_as_text():
    assert render("{% sentences %}{{ name }}{% endsentences %}", name="<b>") == "&lt;b&gt;"


def test_words_between_backticks_are_code_and_nothing_is_markup():
    assert render("{{ text|with_code }}", text="Send `<id>` & `x`.") == (
        "Send <code>&lt;id&gt;</code> &amp; <code>x</code>."
    )


# Navigation --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("path", "expected"), [("/groups/", "page"), ("/groups/mosses/", "true"), ("/plans/", "")])
def test_current_marks_the_page_and_its_section(path, expected):
    source = '{% current "/groups/" "/groups/" %}'

    assert render(source, request=SimpleNamespace(path=path)) == expected
