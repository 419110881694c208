"""The portfolio on the page: facts, seeds and soil, money, what recurs, what invitations lack, who is left out."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.portfolio import STATES, PartCount, PortfolioEntry, PortfolioReading, Recurring
from workbook.charts.places import Place, PlaceChart, draw_places
from workbook.markup import element, join
from workbook.model.chapters import load_chapter
from workbook.model.questions import ScaleQuestion
from workbook.model.wordings import load_wording
from workbook.theme import format_share, join_words
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.band import make_edition_band
from workbook.views.pieces.facts import write_sources
from workbook.views.portfolio import money
from workbook.views.portfolio.due import write_next
from workbook.views.portfolio.many import is_many, join_few, name_few, name_page, tabulate_all
from workbook.views.portfolio.money import get_word
from workbook.views.portfolio.words import MOST_EACH
from workbook.views.rounds.words import write_line


def make_cover(reading: PortfolioReading) -> blocks.Block:
    """The title, what the page is and is not, and which commissions are no real ones."""
    words, count = reading.words, len(reading.entries)
    name = "title" if count > 1 else "title_one" if count else "title_none"
    kinds = [
        (key, [entry.facts.title for entry in reading.entries if entry.facts.kind == kind])
        for key, kind in (("invented", "invented"), ("public_call", "public-call"))
    ]
    notes = [
        blocks.fill(words.get_word(f"cover.{key}"), names=join_few(reading, names)) for key, names in kinds if names
    ]
    read = [
        blocks.fill(words.get_word("cover.reading"), title=entry.facts.title, readers=join_words(entry.readers))
        for entry in reading.entries
        if entry.facts.is_call and entry.readers
    ]
    if read:
        notes.append(blocks.fill(words.get_word("cover.readings"), read="; ".join(name_few(reading, read))))
    return blocks.Block(
        element(
            "section",
            element("h1", blocks.fill(words.get_word(f"cover.{name}"), count=voices.write_count(count))),
            blocks.make_paragraph(words.get_word("cover.lead"), "lead"),
            blocks.make_paragraph(words.get_word("cover.not_ranked")),
            blocks.make_paragraph(" ".join(notes)) if notes else None,
            class_="cover",
        )
    )


def show_edition(reading: PortfolioReading) -> blocks.Block:
    """The band at the head of the page: whom it is for."""
    return make_edition_band(
        reading.edition, reading.words.get_word(f"cover.editions.{reading.edition}"), draft=reading.draft
    )


def list_commissions(reading: PortfolioReading) -> blocks.Block:
    """A row for each commission: who, what kind, the money, its split, how many voices; and which are left out."""
    words = reading.words
    columns = [
        blocks.TableColumn(name, number=place > 2) for place, name in enumerate(words.words["commissions"]["columns"])
    ]
    rows = [
        [
            entry.facts.title,
            entry.facts.commissioner,
            words.get_word(f"kinds.{entry.facts.kind}"),
            money.write_budget(reading, entry),
            money.write_split(reading, entry),
            words.get_word("held_back") if entry.heard is None else str(entry.heard),
        ]
        for entry in reading.entries
    ]
    told = [
        blocks.make_table(words.get_word("commissions.table"), columns, rows),
        blocks.make_paragraph(words.get_word("commissions.note"), "note"),
    ]
    return blocks.make_section(
        "commissions",
        _title_commissions(reading),
        _list_left_out(reading),
        *([blocks.make_paragraph(words.get_word("many.commissions"))] if is_many(reading) else told),
        _name_earlier(reading),
        _list_changes(reading),
        subtitle=words.get_word("commissions.subtitle"),
    )


def _name_earlier(reading: PortfolioReading) -> Markup:
    """Say which rounds are in no count, as a later one of the same commission is."""
    names = [one.facts.title for one in reading.earlier]
    if not names:
        return Markup("")
    name = "earlier_many" if len(names) > MOST_EACH else "earlier"
    told = blocks.fill(reading.words.get_word(f"commissions.{name}"), names="; ".join(names), count=len(names))
    return blocks.make_paragraph(told, "note")


def _list_changes(reading: PortfolioReading) -> Markup:
    """What changed since the last round, for each commission that follows one."""
    words = reading.words
    told = [element("strong", f"{one.facts.title}: ") + write_line(one.rounds) for one in reading.followed[:MOST_EACH]]
    return blocks.make_paragraph(words.get_word("commissions.changes")) + blocks.make_list(told) if told else Markup("")


def _list_left_out(reading: PortfolioReading) -> Markup:
    """Name the commissions that could not be read, and why; nothing of what their files say."""
    words, count = reading.words, len(reading.left_out)
    if not count:
        return Markup("")
    if not reading.is_whole:  # a folder's name may be somebody's
        name = f"left_out.shared{'_one' if count == 1 else ''}"
        return blocks.make_paragraph(blocks.fill(words.get_word(name), count=voices.write_count(count)))
    items = []
    for one in reading.left_out:
        name = "missing" if not one.problems else "problems_one" if one.problems == 1 else "problems"
        items.append(words.get_word(f"left_out.{name}").format(name=one.name, count=one.problems))
    lead = blocks.fill(words.get_word(f"left_out.lead{'_one' if count == 1 else ''}"), count=voices.write_count(count))
    return blocks.make_paragraph(lead) + blocks.make_list(items)


def _title_commissions(reading: PortfolioReading) -> str:
    count, commissioners = len(reading.entries), len({entry.facts.commissioner for entry in reading.entries})
    name = "title_none" if not count else "title_one" if count == 1 else "same" if commissioners == 1 else "title"
    counts = {"count": voices.write_count(count), "commissioners": voices.write_count(commissioners)}
    return blocks.fill(reading.words.get_word(f"commissions.{name}"), **counts)


def show_glance(reading: PortfolioReading) -> blocks.Block:
    """Who stands where at a glance: each commission's verdict and its field in little; beyond thirty, in words."""
    words, verdicts = reading.words, load_wording("verdict")
    rows = [
        [
            entry.facts.title,
            verdicts.get_word(f"marks.{entry.mark}"),
            entry.said.field,
            write_next(entry.facts),
        ]
        for entry in reading.entries
    ]
    columns = [blocks.TableColumn(name) for name in words.words["glance"]["columns"]]
    return blocks.make_section(
        "glance",
        words.get_word("glance.title"),
        tabulate_all(reading) if is_many(reading) else blocks.make_table(words.get_word("glance.table"), columns, rows),
        subtitle=words.get_word("glance.subtitle"),
    )


def show_ground(reading: PortfolioReading) -> blocks.Block:
    """Where each commission stands between hope and habit, what that amounts to, and how ready its invitation is."""
    words = reading.words
    columns = [
        blocks.TableColumn(name, number=place == 3) for place, name in enumerate(words.words["ground"]["columns"])
    ]
    rows = [
        [
            entry.facts.title,
            entry.said.seed or "–",
            entry.said.soil or "–",
            words.get_word("share").format(count=entry.rated, total=entry.facets),
            entry.said.headline,
            _write_ready(reading, entry),
        ]
        for entry in reading.entries
    ]
    table = "" if is_many(reading) else blocks.make_table(words.get_word("ground.table"), columns, rows)
    return blocks.make_section(
        "ground",
        _title_ground(reading),
        _draw_places(reading, table),
        "" if reading.is_whole else blocks.make_paragraph(words.get_word("gaps.part_note"), "note"),
        subtitle=words.get_word("ground.subtitle"),
    )


def _title_ground(reading: PortfolioReading) -> str:
    pulled, total = len(reading.pulled), len(reading.rated)
    rest = "one" if total == 1 else "all" if pulled == total else "some"
    name = "none" if not total else rest if pulled else "zero"
    return blocks.fill(get_word(reading, f"ground.title_{name}"), count=pulled, total=total)


def _draw_places(reading: PortfolioReading, table: Markup | str) -> Markup:
    words, chapter = reading.words, load_chapter("framing")
    steps = next(one.steps for one in chapter.questions if isinstance(one, ScaleQuestion))
    top = len(steps) - 1
    high = chapter.get_number("high") / 100 * top
    places = tuple(
        Place(entry.facts.title, x=entry.soil, y=entry.seed)
        for entry in reading.entries
        if entry.soil is not None and entry.seed is not None
    )
    quarters = ("learning_ground", "tension", "bare_ground", "evaluation_ground")
    title = words.get_word("ground.figure")
    drawing = draw_places(
        PlaceChart(
            places=places,
            quarters=tuple(chapter.get_word(f"places.{name}") for name in quarters),  # type: ignore[arg-type]
            x_name=words.get_word("ground.x_name"),
            y_name=words.get_word("ground.y_name"),
            boundaries=(high, high),
            domain=(0, top),
        ),
        title=title,
        description=words.get_word(f"ground.description{'_many' if len(places) > MOST_EACH else ''}"),
        empty=words.get_word("ground.empty"),
    )
    note = blocks.fill(words.get_word("ground.high"), high=steps[int(high)].lower())
    return blocks.make_figure(blocks.let_scroll(drawing, title), f"{title}. {note}", table)


def _write_ready(reading: PortfolioReading, entry: PortfolioEntry) -> str:
    counts = {state: entry.count_parts(state) for state in STATES}
    return blocks.fill(reading.words.get_word("ground.ready"), total=len(entry.parts), **counts)


def list_recurring(reading: PortfolioReading) -> blocks.Block:
    """Which pulls and which points of the lists of what to ask first come up in several commissions."""
    words = reading.words
    most = int(words.get_number("most_points"))
    return blocks.make_section(
        "recurring",
        _title_recurring(reading),
        element("h3", words.get_word("recurring.tensions")),
        _tabulate_tensions(reading),
        element("h3", words.get_word("recurring.agenda")),
        *_show_agenda(reading, most),
        "" if reading.is_whole else blocks.make_paragraph(words.get_word("recurring.part_note"), "note"),
        subtitle=blocks.fill(words.get_word("recurring.subtitle"), most=most),
    )


def _title_recurring(reading: PortfolioReading) -> str:
    words, total = reading.words, len(reading.rated)
    if not total:
        return get_word(reading, "recurring.title_unknown")
    most = reading.tensions[0].count if reading.tensions else 0
    if most < words.get_number("recurs"):
        return get_word(reading, "recurring.title_none")
    tied = [one for one in reading.tensions if one.count == most]
    if len(tied) > 2:
        counts = {"count": voices.write_count(len(tied)), "times": most, "total": total}
        return blocks.fill(get_word(reading, "recurring.title_tie"), **counts)
    facet = join_words([f"“{one.name.lower()}”" for one in tied])
    return blocks.fill(get_word(reading, "recurring.title"), facet=facet, count=most, total=total)


def _tabulate_tensions(reading: PortfolioReading) -> Markup:
    words = reading.words
    if not reading.tensions:
        name = "tensions_none" if reading.rated else "tensions_unknown"
        return blocks.make_paragraph(get_word(reading, f"recurring.{name}"))
    columns = [blocks.TableColumn(name) for name in words.words["recurring"]["tensions_columns"]]
    rows = [[one.name, format_share(one.count, len(reading.rated)), _name_entries(one)] for one in reading.tensions]
    return blocks.make_table(get_word(reading, "recurring.tensions_table"), columns, rows)


def _name_entries(one: Recurring) -> str:
    named = "; ".join(entry.facts.title for entry in one.entries[:MOST_EACH])
    more = one.count - MOST_EACH
    return load_wording("portfolio").get_word("recurring.more").format(names=named, count=more) if more > 0 else named


def _word_question(one: Recurring) -> str:
    """A question in each of the words that commissions put it in: what one says of its money is nobody else's."""
    words, shown = load_wording("portfolio"), one.texts[:MOST_EACH]
    more = [words.get_word("recurring.more_words")] if len(one.texts) > len(shown) else []
    return words.get_word("recurring.other_words").join([*shown, *more])


def _show_agenda(reading: PortfolioReading, most: int) -> list[blocks.Piece]:
    words, total = reading.words, len(reading.entries)
    if not reading.chapters:
        return [blocks.make_paragraph(get_word(reading, "recurring.agenda_none"))]
    names = words.words["recurring"]["agenda_columns"]
    columns = [blocks.TableColumn(name, number=place == len(names) - 1) for place, name in enumerate(names)]
    rows = [[one.name, format_share(one.count, total), str(one.points)] for one in reading.chapters]
    table = blocks.make_table(blocks.fill(words.get_word("recurring.agenda_table"), most=most), columns, rows)
    if not reading.questions:
        return [table, blocks.make_paragraph(blocks.fill(get_word(reading, "recurring.same_none"), most=most))]
    item = words.get_word("recurring.same_item")
    items = [item.format(text=_word_question(one), count=one.count, total=total) for one in reading.questions]
    return [table, blocks.make_paragraph(words.get_word("recurring.same")), blocks.make_list(items)]


def list_gaps(reading: PortfolioReading) -> blocks.Block:
    """How many invitations have each part ready, thin or missing."""
    words, titles = reading.words, load_chapter("brief").words["parts"]
    names = words.words["gaps"]["columns"]
    columns = [blocks.TableColumn(name, number=place > 0) for place, name in enumerate(names)]
    rows = [[titles[one.name], str(one.ready), str(one.thin), str(one.missing)] for one in reading.parts]
    return blocks.make_section(
        "gaps",
        _title_gaps(reading, titles),
        blocks.make_table(words.get_word("gaps.table"), columns, rows),
        "" if reading.is_whole else blocks.make_paragraph(words.get_word("gaps.part_note"), "note"),
        subtitle=words.get_word("gaps.subtitle"),
    )


def _title_gaps(reading: PortfolioReading, titles: dict[str, str]) -> str:
    total = len(reading.entries)
    most = max((one.missing for one in reading.parts), default=0)
    worst: Sequence[PartCount] = [one for one in reading.parts if one.missing == most]
    if not most:
        return get_word(reading, "gaps.title_none" if total else "gaps.title_nobody")
    if len(worst) > 1:
        counts = {"count": voices.write_count(len(worst)), "times": most, "total": total}
        return blocks.fill(get_word(reading, "gaps.title_tie"), **counts)
    part = titles[worst[0].name]
    name = "title" if most * 2 > total else "title_some"
    return blocks.fill(get_word(reading, f"gaps.{name}"), part=part[:1].lower() + part[1:])


def list_pages(reading: PortfolioReading) -> blocks.Block:
    """Links to the pages that were made of each commission in this edition."""
    words = reading.words
    if not reading.has_pages:
        return blocks.make_section(
            "pages", words.get_word("pages.title"), blocks.make_paragraph(words.get_word("pages.unknown"))
        )
    if is_many(reading):
        told = blocks.make_paragraph(words.get_word("many.pages"))
        return blocks.make_section("pages", words.get_word("pages.title"), told)
    columns = [blocks.TableColumn(name) for name in words.words["pages"]["columns"]]
    rows = [[entry.facts.title, _link_pages(reading, entry)] for entry in (*reading.entries, *reading.earlier)]
    return blocks.make_section(
        "pages",
        words.get_word("pages.title"),
        blocks.make_table(words.get_word("pages.table"), columns, rows),
        subtitle=words.get_word("pages.subtitle"),
    )


def _link_pages(reading: PortfolioReading, entry: PortfolioEntry) -> Markup:
    """Link to the pages by their place beside the portfolio's own page in `outputs`."""
    words = reading.words
    links = [
        element(
            "a",
            words.get_word("pages.link").format(
                report=words.get_word(f"pages.reports.{report}"), title=entry.facts.title
            ),
            href=name_page(reading, entry, report),
        )
        for report in entry.pages
    ]
    return join(links, "; ") if links else join([words.get_word("pages.none")])


def note_provenance(reading: PortfolioReading) -> blocks.Block:
    """How the page was made. Becomes the page's footer."""
    made = blocks.fill(reading.words.get_word("provenance"), edition=reading.edition, fingerprint=reading.fingerprint)
    if is_many(reading):
        told = blocks.make_paragraph(reading.words.get_word("many.facts"))
        return blocks.Block(element("section", blocks.make_paragraph(made), told, class_="provenance"))
    sources = [
        blocks.make_paragraph(
            blocks.fill(
                reading.words.get_word("facts_from"), title=one.facts.title, sources=write_sources(one.facts.source)
            )
        )
        for one in reading.entries
        if one.facts.source
    ]
    return blocks.Block(element("section", blocks.make_paragraph(made), *sources, class_="provenance"))
