"""Citations, read back by parsers that are not ours."""

import re
from typing import Any

import bibtexparser
import pytest
import rispy
from bibtexparser.middlewares import SeparateCoAuthors
from django.test import Client

from library.citing import Person, Reference, bibtex, people_of, ris
from library.models import Citation, Mechanism

pytestmark = pytest.mark.usefixtures("library")


def parsed(text: str) -> list[dict[str, Any]]:
    library = bibtexparser.parse_string(text, append_middleware=[SeparateCoAuthors()])
    assert not library.failed_blocks
    return [{"ID": e.key, "TYPE": e.entry_type, **{f.key: f.value for f in e.fields}} for e in library.entries]


def test_every_source_reads_back_as_bibtex_and_as_ris(client: Client) -> None:
    for citation in Citation.objects.all():
        (entry,) = parsed(client.get(f"/library/sources/{citation.key}.bib").text)
        (record,) = rispy.loads(client.get(f"/library/sources/{citation.key}.ris").text)

        assert entry["ID"] == record["id"] == citation.key
        assert entry["year"] == record["year"] == str(citation.year)
        assert record["title"] == citation.title
        assert record["journal_name"] == citation.journal
        assert entry.get("doi") == record.get("doi") == (citation.doi if citation.doi_is_verified else None)
        assert len(record["authors"]) == len([name for name in entry["author"] if name != "others"])


def test_no_unverified_doi_no_finding_and_no_figure_leaves(client: Client) -> None:
    hidden = "10.9999/unseen"
    Citation.objects.update(doi=hidden, doi_is_verified=False, finding_en="canary-4711", people_count=4711)

    for path in ("sources/noetel2024", "mechanisms/sleep/sources", "mechanisms/sleep/page"):
        for form in ("bib", "ris"):
            text = client.get(f"/library/{path}.{form}").text
            assert hidden not in text
            assert "4711" not in text


def test_all_sources_of_a_page_come_in_one_file(client: Client) -> None:
    sleep = Mechanism.objects.get(slug="sleep")
    keys = {*sleep.citations.values_list("key", flat=True)}
    keys |= {key for claim in sleep.claims.all() for key in claim.citations.values_list("key", flat=True)}

    assert {row["ID"] for row in parsed(client.get("/library/mechanisms/sleep/sources.bib").text)} == keys
    assert {row["id"] for row in rispy.loads(client.get("/library/mechanisms/sleep/sources.ris").text)} == keys


@pytest.mark.parametrize(
    ("form", "content_type"), [("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")]
)
def test_files_say_what_they_are(client: Client, form: str, content_type: str) -> None:
    answer = client.get(f"/library/mechanisms/sleep/sources.{form}")

    assert answer["Content-Type"] == f"{content_type}; charset=utf-8"
    assert answer["Content-Disposition"] == f'attachment; filename="sleep-sources.{form}"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_a_hostile_title_stays_a_title() -> None:
    title = 'Sleep } , author = {Mallory} & 50% of #1_\\ $x^2$ ~\r\nER  - \r\nTY  - BOOK "é 睡眠'
    nasty = Reference(key="nasty", title=title, year=2024, authors=(Person("O'Neil & Sons"),), journal="A {Journal")

    (entry,) = parsed(bibtex([nasty]))
    (record,) = rispy.loads(ris([nasty]))

    assert entry["ID"] == "nasty"
    assert "Mallory" in entry["title"]
    assert entry["author"] == [r"{O'Neil \& Sons}"]
    assert record["type_of_reference"] == "JOUR"
    assert record["title"] == " ".join(title.split())


@pytest.mark.parametrize(
    ("authors", "people", "has_more"),
    [
        ("Noetel M, del Pozo Cruz B, et al.", [("Noetel", "M"), ("del Pozo Cruz", "B")], True),
        ("White K (later Pickett K), Yardley L", [("White", "K"), ("Yardley", "L")], False),
        ("Levis B; DEPRESSD Collaboration", [("Levis", "B"), ("DEPRESSD Collaboration", "")], False),
        (
            "National Institute for Health and Care Excellence",
            [("National Institute for Health and Care Excellence", "")],
            False,
        ),
        ("Biddle SJH, Kühn S", [("Biddle", "SJH"), ("Kühn", "S")], False),
    ],
)
def test_names_as_they_are_written(authors: str, people: list[tuple[str, str]], has_more: bool) -> None:
    assert people_of(authors) == (tuple(Person(*names) for names in people), has_more)


def test_a_page_is_cited_in_the_readers_way(client: Client) -> None:
    sleep = Mechanism.objects.get(slug="sleep")
    day = sleep.reviewed_on
    assert day is not None

    english, chinese = client.get(sleep.get_absolute_url()).text, client.get(f"/zh-hans{sleep.get_absolute_url()}").text

    assert f"MindMove. ({day.year}, {day:%B} {day.day}). {sleep.name_en}. http" in english
    assert f"MindMove. {sleep.name_zh_hans}[EB/OL]. ({day}). http" in chinese
    assert "/zh-hans/library/mechanisms/sleep/" in client.get("/zh-hans/library/mechanisms/sleep/page.bib").text


def test_the_api_gives_the_addresses_of_the_files(client: Client) -> None:
    page = client.get("/api/v1/mechanisms/sleep/", headers={"accept-language": "zh-CN"}).json()

    assert page["cite"]["text"].startswith("MindMove. 睡眠")
    for address in (*(page["cite"][name] for name in page["cite"] if name != "text"), page["sources"][0]["bibtex_url"]):
        assert client.get(address.partition("8000")[2]).status_code == 200


@pytest.mark.parametrize("query", ["kind=RCT", "tier=core", "mechanism=sleep", "kind=RCT&mechanism=sleep"])
def test_the_page_and_the_api_filter_alike(client: Client, query: str) -> None:
    rows = client.get(f"/api/v1/citations/?{query}").json()
    page = client.get(f"/library/sources/?{query}").text

    assert 0 < len(rows) < 113
    assert {row["key"] for row in rows} == set(re.findall(r'<li class="stack stack--tight" id="(\w+)"', page))


def test_the_page_holds_every_source_under_its_anchor(client: Client) -> None:
    page = client.get("/library/sources/?kind=nonsense").text

    assert len(re.findall(r'<li class="stack stack--tight" id="\w+"', page)) == 113
    for citation in Citation.objects.all():
        shown = f'href="https://doi.org/{citation.doi}"' in page
        assert shown == bool(citation.doi and citation.doi_is_verified)


def test_a_doi_writes_no_field_of_its_own(client: Client) -> None:
    odd = "10.1000/a},\n  note = {b"
    Citation.objects.update(doi=odd, doi_is_verified=True)
    key = Citation.objects.values_list("key", flat=True)[0]

    (entry,) = parsed(client.get(f"/library/sources/{key}.bib").text)
    (record,) = rispy.loads(client.get(f"/library/sources/{key}.ris").text)

    assert entry["doi"] == "10.1000/a%7D,%0A%20%20note%20%3D%20%7Bb"
    assert entry["url"] == record["urls"][0] == f"https://doi.org/{entry['doi']}"
    assert entry.get("note") != "b"
