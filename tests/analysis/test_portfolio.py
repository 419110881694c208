"""The portfolio: what recurs is counted over engagements; one that cannot be read is left out and named."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest

from builders import SMALLEST, make_engagement, make_facts, make_voice, write_engagement
from workbook import storage
from workbook.analysis.brief.brief import BriefReading
from workbook.analysis.framing import FramingReading
from workbook.analysis.portfolio import read_portfolio
from workbook.errors import NotFoundError
from workbook.model.answers import Voice
from workbook.model.chapters import load_chapter
from workbook.model.engagement import Engagement
from workbook.model.portfolio import Portfolio

FACETS = [facet.id for facet in load_chapter("framing").facets]


def make_one(slug: str, *voices: Voice, **facts: object) -> Engagement:
    """Return an engagement of that name, without a budget unless one is given."""
    made = make_engagement(*voices, facts=make_facts(**{"budget": None, "title": f"Commission {slug}", **facts}))
    return made.model_copy(update={"slug": slug})


def _pull(*facets: str) -> Voice:
    """Return a voice to whom these facets pull, and all others are neither hoped for nor held to."""
    ratings = {f"framing.{one}.{side}": 4 if one in facets else 0 for one in FACETS for side in ("seed", "soil")}
    return make_voice("Director", ratings)


def test_a_pull_in_a_framing_too_early_to_judge_is_not_counted() -> None:
    """Shares are of the commissions rated far enough, so no other may add to them."""
    early = make_voice("Director", {f"framing.timing.{side}": 4 for side in ("seed", "soil")})
    reading = read_portfolio(Portfolio(edition="private", engagements=(make_one("a", early), make_one("b", _pull()))))
    assert (reading.tensions, [entry.slug for entry in reading.rated]) == ((), ["b"])


def test_pulls_are_counted_over_engagements_the_most_widespread_first() -> None:
    """A facet in tension in two of three commissions counts two, whoever rated it."""
    engagements = (make_one("a", _pull("timing")), make_one("b", _pull("timing", "product")), make_one("c"))
    reading = read_portfolio(Portfolio(edition="private", engagements=engagements))
    assert [(one.name, one.count) for one in reading.tensions] == [("Timing", 2), ("Product", 1)]
    assert [entry.slug for entry in reading.tensions[0].entries] == ["a", "b"]
    assert [entry.slug for entry in reading.rated] == ["a", "b"]


def test_the_order_of_engagements_changes_no_count() -> None:
    """Sorting a folder differently says nothing about the commissions."""
    engagements = (make_one("a", _pull("timing")), make_one("b", _pull("timing", "product")), make_one("c"))
    both = [
        read_portfolio(Portfolio(edition="private", engagements=tuple(o))) for o in (engagements, engagements[::-1])
    ]
    for counts in ("tensions", "chapters", "questions"):
        first, second = ({(one.name, one.count, one.points) for one in getattr(r, counts)} for r in both)
        assert first == second
    assert both[0].parts == both[1].parts


def test_a_question_recurs_only_where_two_commissions_ask_it() -> None:
    """The same point of two lists is one question that recurs; a point of one list is none."""
    unsure = make_voice("Director", {"framing.stays_evaluation": "unsure"})
    alone = read_portfolio(Portfolio(edition="private", engagements=(make_one("a", unsure),)))
    assert alone.questions == ()
    twice = read_portfolio(Portfolio(edition="private", engagements=(make_one("a", unsure), make_one("b", unsure))))
    assert any(one.count == 2 for one in twice.questions)


def test_every_part_of_the_invitation_is_counted_once_for_each_engagement() -> None:
    """Ready, thin and missing add up to the number of commissions."""
    reading = read_portfolio(Portfolio(edition="private", engagements=(make_one("a"), make_one("b", budget=5.0))))
    assert {one.ready + one.thin + one.missing for one in reading.parts} == {2}
    assert len(reading.parts) == 19


def test_nothing_at_all_can_be_read() -> None:
    """An empty folder gives an empty portfolio."""
    reading = read_portfolio(Portfolio(edition="public"))
    assert (reading.entries, reading.parts, reading.tensions, reading.questions) == ((), (), (), ())


def test_the_fingerprint_changes_with_any_engagement() -> None:
    """The page says which input it was made from."""
    one, other = (Portfolio(edition="private", engagements=(make_one("a", budget=b),)) for b in (5.0, 6.0))
    assert read_portfolio(one).fingerprint != read_portfolio(other).fingerprint


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a good engagement and one with two faults, the second holding private words."""
    for name in (storage.ENGAGEMENTS, storage.SNAPSHOTS):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKBOOK_HOME", str(tmp_path))
    write_engagement(tmp_path / "parameters" / "good", {"engagement.yaml": SMALLEST})
    bad = SMALLEST + "budget: canary-private\nstart: canary-private\n"
    write_engagement(tmp_path / "parameters" / "bad", {"engagement.yaml": bad})
    return tmp_path


def test_one_that_cannot_be_read_is_left_out_and_named_to_the_commissioner_alone(project: Path) -> None:
    """What its files say goes nowhere; the others are read."""
    portfolio = storage.load_portfolio("good", "public")
    assert [one.slug for one in portfolio.engagements] == ["good"]
    assert [(one.name, one.problems) for one in portfolio.left_out] == [("", 0)]
    whole = storage.load_portfolio("good", "private")
    assert [(one.name, one.problems) for one in whole.left_out] == [("bad", 2)]
    assert "canary-private" not in portfolio.model_dump_json()


@pytest.mark.parametrize("name", ["missing", "Not a name", "../good", ".."])
def test_a_name_that_is_no_engagement_is_left_out(project: Path, name: str) -> None:
    """A wrong name, and one that leads out of the folder, are named and never followed."""
    portfolio = storage.gather_portfolio(project / "parameters", [name, "good"], "private")
    assert [one.slug for one in portfolio.engagements] == ["good"]
    assert [(one.name, one.problems) for one in portfolio.left_out] == [(name, 0)]


def test_a_link_out_of_the_folder_is_left_out(project: Path, tmp_path: Path) -> None:
    """An engagement lies in its folder, not behind a link."""
    outside = write_engagement(tmp_path / "outside", {"engagement.yaml": SMALLEST})
    (project / "parameters" / "linked").symlink_to(outside)
    assert [one.name for one in storage.load_portfolio().left_out] == ["bad", "linked"]


def test_a_name_and_two_paths_lead_to_the_same_folder(project: Path) -> None:
    """Any engagement's name, its path, and the path of the folder read all that lie there."""
    folder = project / "parameters"
    names = [
        [one.slug for one in storage.load_portfolio(engagement).engagements]
        for engagement in ("all", "good", str(folder / "good"), str(folder))
    ]
    assert names == [["good"]] * 4
    with pytest.raises(NotFoundError, match="no folder"):
        storage.load_portfolio("./nowhere")


def test_only_the_engagements_asked_for_are_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`WORKBOOK_ENGAGEMENTS` keeps somebody's own engagements out of notebooks that are shared."""
    monkeypatch.setenv(storage.ENGAGEMENTS, "good")
    assert storage.load_portfolio().left_out == ()


def test_a_kernel_reads_the_snapshot_and_nothing_else(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With snapshots set, what was prepared comes back whole, and another edition is refused."""
    prepared = storage.load_portfolio("all", "public")
    storage.snapshot_portfolio(project / "parameters", ["good", "bad"], "public", into=tmp_path)
    monkeypatch.setenv(storage.SNAPSHOTS, str(tmp_path))
    monkeypatch.setenv("WORKBOOK_HOME", "/nowhere")
    found = storage.load_portfolio("example", "public")
    assert (tuple(found.engagements), found.left_out) == (prepared.engagements, prepared.left_out)
    with pytest.raises(NotFoundError, match="prepared no private portfolio"):
        storage.load_portfolio("example", "private")


def test_a_portfolio_is_read_one_engagement_at_a_time(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are, none is held once its row is made: a thousand take little more room than ten."""
    storage.snapshot_portfolio(project / "parameters", ["good"], "private", into=tmp_path)
    monkeypatch.setenv(storage.SNAPSHOTS, str(tmp_path))
    before = _count_held()
    reading = read_portfolio(storage.load_portfolio())
    assert ([entry.slug for entry in reading.entries], _count_held()) == (["good"], before)


def _count_held() -> int:
    gc.collect()
    return sum(isinstance(one, Engagement | BriefReading | FramingReading) for one in gc.get_objects())
