"""The summary page: cover, what was found, the commission, what the readings rest on, how it was made."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from workbook.analysis.summary import SummaryReading, read_summary
from workbook.markup import element, join
from workbook.model.chapters import list_chapters
from workbook.model.wordings import Setting, Wording, load_wording
from workbook.theme import format_number
from workbook.views import framing, start_here
from workbook.views.blocks import (
    Block,
    TableColumn,
    fill,
    make_block,
    make_list,
    make_paragraph,
    make_section,
    make_table,
)

__all__ = ["list_assumptions", "list_findings", "make_cover", "note_provenance", "read_summary", "show_commission"]


def make_cover(reading: SummaryReading) -> Block:
    """The page's title, the commission in a sentence, whom the page is for, and what kind of engagement it is about."""
    words, facts = load_wording("summary"), reading.facts
    lead = fill(words.get_word("lead"), commissioner=facts.commissioner, sentence=facts.sentence) if facts.sentence else ""
    kind = words.get_word(f"kinds.{facts.kind}") if facts.kind != "own" else None
    return Block(
        element(
            "section",
            element("h1", facts.title),
            make_paragraph(lead, "lead") if lead else None,
            make_paragraph(words.get_word("lead_plain"), "lead" if not lead else None),
            make_paragraph(words.get_word(f"editions.{reading.edition}"), f"edition {reading.edition}"),
            make_paragraph(kind, "edition") if kind else None,
        )
    )


def list_findings(reading: SummaryReading) -> Block:
    """The main finding of each chapter, with what follows from it."""
    words = load_wording("summary")
    found = [(framing.write_headline(reading.framing), framing.write_follows(reading.framing))]
    items = [element("strong", f"{headline}.") + join([" ", follows]) for headline, follows in found]
    return make_section(
        "findings",
        words.get_word("findings_title"),
        make_list(items, ordered=True, class_="finding"),
        subtitle=words.get_word("findings_subtitle"),
    )


def show_commission(reading: SummaryReading) -> Block:
    """The facts of the commission, what it leaves open, and its learning questions."""
    words = load_wording("summary")
    return make_section(
        "commission",
        words.get_word("facts_title"),
        start_here.list_facts(reading.start_here),
        start_here.list_learning_questions(reading.start_here) if reading.facts.learning_questions else "",
        start_here.list_open_points(reading.start_here),
        subtitle=words.get_word("facts_subtitle"),
    )


def list_assumptions(reading: SummaryReading) -> Block:
    """Every number that embodies a judgement, with what it means and who says so."""
    words = load_wording("summary")
    rows = [
        [setting.meaning, _write_value(setting), setting.source]
        for wording in (*list_chapters(), load_wording("voices"))
        for setting in wording.settings.values()
    ]
    columns = [TableColumn(name, number=index == 1) for index, name in enumerate(words.words["assumptions_columns"])]
    return make_section(
        "assumptions",
        words.get_word("assumptions_title"),
        make_paragraph(words.get_word("assumptions_lead")),
        make_table(words.get_word("assumptions_subtitle"), columns, rows),
    )


def note_provenance(reading: SummaryReading) -> Block:
    """How the page was made: which edition, of which input, from which sources. Becomes the page's footer."""
    words = load_wording("summary")
    made = fill(words.get_word("provenance"), edition=reading.edition, fingerprint=reading.fingerprint)
    return Block(element("section", make_paragraph(made), _name_sources(reading, words), class_="provenance"))


def _name_sources(reading: SummaryReading, words: Wording) -> Markup | None:
    named: Iterable[str] = (
        f"{source.title}, {source.organisation}, {source.year}{f', {source.where}' if source.where else ''}"
        for source in reading.facts.source
    )
    sources = "; ".join(named)
    return make_paragraph(fill(words.get_word("sources"), sources=sources)) if sources else None


def _write_value(setting: Setting) -> str:
    values = setting.value if isinstance(setting.value, tuple) else (setting.value,)
    return ", ".join(format_number(value, 3) for value in values)
