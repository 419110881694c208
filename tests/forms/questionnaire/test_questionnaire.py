"""The questionnaire file: what is in it, what may not be, and that nothing in it can reach outside."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from builders import make_engagement, make_facts, make_voice
from canaries import write_canaries
from workbook import storage
from workbook.cli import app
from workbook.errors import NotFoundError, WorkbookError
from workbook.forms.questionnaire.questionnaire import LARGEST_KIB, make_questionnaire, write_questionnaire
from workbook.forms.sheet.sheet import describe_sheet
from workbook.model.chapters import list_questions
from workbook.model.choices import Recipient
from workbook.model.ways import choose_way

HOSTILE = "</script><script>window.ran = 1</script>{commissioner}&amp;\u2028\u202e\x07"


def read_data(page: str) -> dict[str, object]:
    """Return what the page's script reads."""
    found = re.search(r'<script type="application/json" id="questionnaire">(.*?)</script>', page, re.DOTALL)
    assert found
    data: dict[str, object] = json.loads(found.group(1))
    return data


def test_whole_questionnaire_is_small() -> None:
    """All chapters together stay under what strict mail filters let through."""
    page = make_questionnaire(make_engagement(), recipient=Recipient.COMMISSIONER)
    assert len(page.encode()) / 1024 < LARGEST_KIB
    assert len(read_data(page)["sheets"]) >= 9  # type: ignore[arg-type]


def test_what_several_questions_say_is_in_the_page_once() -> None:
    """A help under eighteen questions travels once, so that there is room for more questions."""
    page = make_questionnaire(make_engagement())
    for repeated in (
        "Rate what people would see if they walked in today.",
        "You may want less of something than",
    ):
        assert page.count(repeated) == 1


def test_policy_allows_its_own_script_and_style_alone() -> None:
    """The policy comes first in the head, names the hash of the one script and the one style, and forbids the rest."""
    page = make_questionnaire(make_engagement(), chapters=["framing"])
    script = re.findall(r'<script type="module">(.*?)</script>', page, re.DOTALL)
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    assert len(script) == len(style) == 1
    digests = [b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (script[0], style[0])]
    policy = re.search(r'<head>\s*<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
    assert policy
    assert policy.group(1) == (
        f"default-src 'none'; script-src 'sha256-{digests[0]}'; style-src 'sha256-{digests[1]}'; "
        "connect-src 'none'; base-uri 'none'; form-action 'none'"
    )
    assert page.count("<script") == 2
    assert not re.search(r'\son\w+=|style="|https?://|<(?:link|img|iframe|form)\b', page)


def test_chosen_chapters_alone_are_asked() -> None:
    """Only the chapters named are asked, in the workbook's order."""
    data = read_data(make_questionnaire(make_engagement(), chapters=["safety", "framing"]))
    assert [sheet["id"] for sheet in data["sheets"]] == ["framing", "safety"]  # type: ignore[attr-defined]


def _list_asked(page: str) -> dict[str, dict[str, str]]:
    sheets: list[dict[str, list[dict[str, str]]]] = read_data(page)["sheets"]  # type: ignore[assignment]
    shared: list[str] = read_data(page)["shared"]  # type: ignore[assignment]
    asked = {question["id"]: question for sheet in sheets for question in sheet["questions"]}
    helps = {key: shared[one["help"]] for key, one in asked.items() if isinstance(one.get("help"), int)}
    return {key: {**one, **({"help": helps[key]} if key in helps else {})} for key, one in asked.items()}


@pytest.mark.parametrize("form", ["html", "sheet", "xlsform"])
def test_every_form_asks_what_its_way_and_its_audiences_ask(form: str, tmp_path: Path) -> None:
    """Short by default; with an audience named, nobody is asked about others'."""
    made = partial(CliRunner().invoke, app)
    path = tmp_path / f"form.{'html' if form == 'html' else 'xlsx'}"
    common = ["questionnaire", "example", "--format", form, "--output", str(path)]
    sizes = []
    for options in ([], ["--way", "everything"], ["--way", "everything", "--audience", "projects"]):
        assert made([*common, *options]).exit_code == 0
        sizes.append(path.stat().st_size)
    assert sizes[0] < sizes[2] < sizes[1]
    told = made([*common, "--audience", "nobody"])
    assert isinstance(told.exception, NotFoundError)
    assert "Type one of: " in str(told.exception)


def test_rows_of_other_audiences_are_left_out_where_each_stands_alone() -> None:
    """Their order is asked of all."""
    facts = make_facts()
    sheets = [describe_sheet(facts, chapter, audiences=["people"]) for chapter in ("safety", "audiences")]
    found = {one["id"]: one.get("rows") for sheet in sheets for one in sheet["questions"]}
    assert [row["id"] for row in found["safety.ground"]] == ["people"]
    assert [row["id"] for row in found["audiences.order"]] == ["funder", "grantees", "people"]


def test_everyone_else_is_asked_what_they_can_answer_and_never_as_we() -> None:
    """No question takes its reader for the commissioner; those of the contract, the plan and the brief are left out."""
    own = make_questionnaire(make_engagement(), recipient=Recipient.COMMISSIONER)
    others = make_questionnaire(make_engagement())
    asked, asked_own = _list_asked(others), _list_asked(own)
    assert set(asked) < set(asked_own) == set(list_questions(make_facts()))
    assert {"framing.purpose.soil", "audiences.points", "safety.ground", "resources.use_report"} <= set(asked)
    assert {"brief.commitments", "safety.promise", "discovery.sure", "framing.switching"} & set(asked) == set()
    addressed = re.compile(r"\b(we|our|ours)\b", re.IGNORECASE)
    unsure = '"We do not know yet"'  # the name of a choice
    words = [(name, one.get(part, "").replace(unsure, "")) for name, one in asked.items() for part in ("text", "help")]
    assert [found for found in words if addressed.search(found[1])] == []
    assert "A funder hold people to this now?" in asked["framing.purpose.soil"]["help"]
    assert "our contract" in asked_own["framing.purpose.soil"]["help"]
    assert "{" not in json.dumps([one.get("help") for one in asked.values()])


def test_chapter_for_the_commissioner_alone_is_refused_with_what_to_type() -> None:
    """The brief asks what only the commissioner can promise; a colleague's form may ask it."""
    with pytest.raises(NotFoundError, match=r"Only the commissioner can answer the chapter brief.*--for commissioner"):
        make_questionnaire(make_engagement(), chapters=["framing", "brief"])
    page = make_questionnaire(make_engagement(), chapters=["brief"], recipient=Recipient.COMMISSIONER)
    assert "brief.commitments" in _list_asked(page)


def test_unknown_chapter_is_refused() -> None:
    """A chapter that is not there is refused, with the names of those that are."""
    with pytest.raises(NotFoundError, match=r"farming.*framing"):
        make_questionnaire(make_engagement(), chapters=["farming"])


def test_too_large_a_questionnaire_is_refused() -> None:
    """An engagement whose form would not pass mail filters is told to ask less."""
    audiences = [{"id": f"a{number}", "name": f"A {number} " + "long " * 300, "group": "other"} for number in range(20)]
    with pytest.raises(WorkbookError, match="--chapters"):
        make_questionnaire(make_engagement(facts=make_facts(audiences=audiences)))


def test_facts_are_text_and_nothing_else() -> None:
    """Whatever a title, a name or a role holds, it ends no element, fills no template and stays as it is."""
    audiences = [{"id": "a", "name": HOSTILE, "group": "other"}]
    facts = make_facts(title=HOSTILE, commissioner=HOSTILE, sentence=HOSTILE, audiences=audiences)
    page = make_questionnaire(make_engagement(facts=facts), chapters=["audiences"], role=HOSTILE)
    assert page.count("<script") == 2
    assert "window.ran = 1</script>" not in page
    data = read_data(page)
    assert data["role"] == HOSTILE
    assert f'"label": {json.dumps(HOSTILE)}' in json.dumps(data)
    assert not re.search("[\x00-\x08\x0b-\x1f\u2028]", page)


def test_nothing_private_and_nobodys_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Private notes, names and answers of an engagement are not in its questionnaire; its title and audiences are."""
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    write_canaries(tmp_path / "parameters")
    path = write_questionnaire("canaries")
    page = path.read_text(encoding="utf-8")
    assert path == tmp_path / "outputs" / "canaries" / "questionnaire.html"
    assert set(re.findall(r"canar\w*", page)) == {"canaries"}
    assert "A commission" in page
    assert "The funder" in page


def test_same_facts_give_the_same_bytes() -> None:
    """What others answered changes nothing in the form, and it holds no day or time."""
    answered = make_engagement(make_voice("Lead", {"framing.purpose.seed": 3}))
    assert make_questionnaire(answered) == make_questionnaire(make_engagement())


def test_form_mark_changes_with_the_questions() -> None:
    """Another list of questions gets another mark, so that drafts of two forms never mix."""
    one, other = (
        read_data(make_questionnaire(make_engagement(), chapters=[name]))["hash"] for name in ("framing", "safety")
    )
    assert one != other


def test_output_may_stand_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`--output` puts the file where it says, in folders made for it."""
    monkeypatch.setenv("WORKBOOK_HOME", str(storage.find_project()))
    path = write_questionnaire("example", chapters=["framing"], output=tmp_path / "deep" / "form.html")
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_it_is_short_unless_more_is_asked_for_and_says_how_long_it_takes() -> None:
    """The shortest way first; a chapter that is named is asked whole; the length stands in the first lines."""
    engagement = make_engagement()
    short, longer = (make_questionnaire(engagement, way=choose_way(name)) for name in ("", "hour"))
    named = make_questionnaire(engagement, chapters=["safety"], way=choose_way("", ["safety"]))
    assert "There are 17 questions. They take about 7 minutes." in short
    assert len(short) < len(longer)
    assert named == make_questionnaire(engagement, chapters=["safety"])
    with pytest.raises(NotFoundError, match="quarter, hour, everything"):
        choose_way("week")


@pytest.mark.parametrize("slug", ["example", "example-second-year"])
def test_the_longest_form_of_each_round_can_be_mailed(slug: str, tmp_path: Path) -> None:
    """All that the commissioner's own people are asked, promises too, is smaller than what filters stop."""
    path = write_questionnaire(slug, recipient=Recipient.COMMISSIONER, output=tmp_path / "form.html")
    assert path.stat().st_size < 150 * 1024


def test_links_of_the_contents_lead_to_headings_that_take_the_focus() -> None:
    """Firefox says nothing of a place that cannot have it; the chapters' own headings are drawn in the browser."""
    page = make_questionnaire(make_engagement())
    for anchor in ("about", "finish"):
        assert f'href="#{anchor}"' in page
        assert re.search(rf'<h2 id="{anchor}" tabindex="-1">', page)
