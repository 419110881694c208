"""The summary page: cover, what was found, the commission, what the readings rest on, how it was made."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from workbook.analysis import assumptions
from workbook.analysis.agenda_points import Dispute
from workbook.analysis.summary import SummaryReading, read_summary
from workbook.markup import element, join
from workbook.model.answers import Edition
from workbook.model.wordings import Wording, load_wording
from workbook.theme import end_sentence
from workbook.views import (
    audiences,
    discovery,
    framing,
    learning_modes,
    permission,
    practices,
    resources,
    safety,
    sides,
    start_here,
    system_map,
)
from workbook.views.discovery import agenda
from workbook.views.documents import write_value
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import (
    Block,
    TableColumn,
    fill,
    make_list,
    make_paragraph,
    make_section,
    make_table,
)

__all__ = [
    "list_assumptions",
    "list_disagreements",
    "list_findings",
    "make_cover",
    "note_provenance",
    "read_summary",
    "show_commission",
]


def make_cover(reading: SummaryReading) -> Block:
    """The page's title, the commission in a sentence, whom the page is for, and what kind of engagement it is about."""
    words, facts = load_wording("summary"), reading.facts
    lead = (
        fill(words.get_word("lead"), commissioner=facts.commissioner, sentence=facts.sentence) if facts.sentence else ""
    )
    kind = words.get_word(f"kinds.{facts.kind}") if facts.kind != "own" else None
    return Block(
        element(
            "section",
            element("h1", facts.title),
            make_paragraph(lead, "lead") if lead else None,
            make_paragraph(words.get_word("lead_plain"), "lead" if not lead else None),
            _name_edition(reading, words),
            make_paragraph(kind, "edition") if kind else None,
        )
    )


def _name_edition(reading: SummaryReading, words: Wording) -> Markup:
    if reading.facts.kind == "public-call" and reading.edition is Edition.PRIVATE:
        return make_paragraph(words.get_word("call_private"), "edition")
    return make_paragraph(words.get_word(f"editions.{reading.edition}"), f"edition {reading.edition}")


def list_findings(reading: SummaryReading) -> Block:
    """The main findings, at most five, with what follows from each; then the widest dispute and the first question."""
    words = load_wording("summary")
    found = _collect_findings(reading)[: int(words.get_number("most_findings"))]
    items = [element("strong", f"{headline}.") + join([" ", follows]) for headline, follows in found]
    first = reading.discovery.agenda[:1]
    return make_section(
        "findings",
        words.get_word(f"findings_{'title' if found else 'few_title' if reading.is_begun else 'none_title'}"),
        make_list(items, ordered=True, class_="finding")
        if items
        else make_paragraph(words.get_word("findings_few" if reading.is_begun else "findings_none")),
        [_point_out("most_disputed", _write_dispute(one), "disagreements") for one in reading.disputes[:1]],
        [_point_out("ask_first", one.text, "agenda") for one in first],
        subtitle=words.get_word("findings_subtitle") if found else "",
    )


def _collect_findings(reading: SummaryReading) -> list[tuple[str, str]]:
    """Return headline and what follows of each chapter answered, those that decide most first."""
    in_order = (
        (framing, reading.framing, reading.framing.is_answered or reading.framing.pattern == "disputed"),
        (resources, reading.resources, reading.resources.is_answered and not reading.resources.is_ours),
        (audiences, reading.audiences, reading.audiences.is_found),
        (safety, reading.safety, reading.safety.has_finding),
        (permission, reading.permission, any(one.step != "unknown" for one in reading.permission.audiences)),
        (discovery, reading.discovery, reading.discovery.is_answered),
        (learning_modes, reading.learning_modes, reading.learning_modes.pattern not in ("none", "unknown", "withheld")),
        (practices, reading.practices, reading.practices.is_answered),
        (system_map, reading.system_map, reading.system_map.is_answered),
    )
    return [
        (chapter.write_headline(one), chapter.write_follows(one)) for chapter, one, answered in in_order if answered
    ]


def _point_out(name: str, text: str, target: str) -> Markup:
    words = load_wording("summary")
    link = element("a", words.get_word(f"{name}_link"), href=f"#{target}")
    return element("p", element("strong", words.get_word(name)), " ", text, " ", link, class_="callout")


def list_disagreements(reading: SummaryReading) -> Block:
    """Where voices stand furthest apart over all chapters, and between whom."""
    words = load_wording("summary")
    most = int(words.get_number("most_disagreements"))
    left = len(reading.disputes) - most
    if reading.heard == 1 and not reading.disputes:
        name = words.get_word("disagreements_one_voice")
        return make_section("disagreements", name, make_paragraph(words.get_word("disagreements_alone")))
    if not reading.disputes:
        name = "disagreements_few" if (reading.heard_enough) else "disagreements_unknown"
        return make_section("disagreements", words.get_word("disagreements_none"), make_paragraph(words.get_word(name)))
    return make_section(
        "disagreements",
        sides.write_headline(reading.sides, len(reading.disputes)) or _title_disagreements(reading),
        make_list(sides.list_patterns(reading.sides), class_="patterns") if reading.sides.is_found else "",
        make_list(_write_dispute(one) for one in reading.disputes[:most]),
        make_paragraph(fill(words.get_word("disagreements_more"), count=left)) if left > 0 else "",
        subtitle=words.get_word("disagreements_subtitle"),
    )


def _title_disagreements(reading: SummaryReading) -> str:
    words, count = load_wording("summary"), len(reading.disputes)
    if count == 1:
        return words.get_word("disagreements_title_one")
    return fill(words.get_word("disagreements_title"), count=voices.write_count(count))


def _write_dispute(one: Dispute) -> str:
    sides = voices.name_sides(one.scale) if one.scale else agenda.name_camps(one.camps)
    statement = end_sentence(one.statement)
    return fill(load_wording("summary").get_word("dispute"), statement=statement, sides=sides[:1].upper() + sides[1:])


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


def list_assumptions() -> Block:
    """The numbers that decide the readings' words, with who says so, and where all the others stand."""
    words = load_wording("summary")
    shown = [one for one in assumptions.list_assumptions() if one.setting.page]
    rows = [[one.setting.meaning, write_value(one.setting), one.setting.source] for one in shown]
    columns = [TableColumn(name, number=index == 1) for index, name in enumerate(words.words["assumptions_columns"])]
    others = len(assumptions.list_assumptions()) - len(shown)
    return make_section(
        "assumptions",
        words.get_word("assumptions_title"),
        make_paragraph(words.get_word("assumptions_lead")),
        make_table(words.get_word("assumptions_subtitle"), columns, rows),
        make_paragraph(fill(words.get_word("assumptions_others"), count=others)),
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
