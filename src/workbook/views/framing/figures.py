"""Chapter 01 on the page: seed and soil facet by facet, where each facet stands, the tensions, two readings."""

from __future__ import annotations

from markupsafe import Markup

from workbook.analysis.framing import FacetReading, FramingReading
from workbook.charts.dots import DotChart, DotRow, DotSeries, draw_dots
from workbook.charts.places import Place, PlaceChart, draw_places
from workbook.markup import element
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter
from workbook.views.framing.field import tabulate_field
from workbook.views.framing.words import compare_readings, name_facets, write_follows, write_headline, write_talk_over
from workbook.views.pieces import blocks, voices
from workbook.views.pieces.naming import name_dots


def draw_facets(reading: FramingReading) -> blocks.Block:
    """Every voice's rating of seed and soil, facet by facet, and the same as a table."""
    words = reading.chapter
    rows = tuple(
        DotRow(one.facet.title, (voices.make_dot_answers(one.seed), voices.make_dot_answers(one.soil)))
        for one in reading.facets
    )
    low, high = words.words["scale_ends"]
    title = words.get_word("figure.title")
    drawing = draw_dots(
        DotChart(
            series=(
                DotSeries(words.get_word("figure.seed"), hue="seed"),
                DotSeries(words.get_word("figure.soil"), hue="soil", shape="square"),
            ),
            rows=rows,
            ends=(low, high),
            **name_dots(),
        ),
        title=title,
        description=words.get_word("figure.description"),
    )
    return blocks.make_block(_note_held_back(reading), blocks.make_figure(drawing, title, _tabulate_facets(reading)))


def draw_facet_places(reading: FramingReading) -> blocks.Block:
    """Each facet's place between hope and habit."""
    words = reading.chapter
    boundary = words.get_number("high")
    places = tuple(
        Place(one.facet.title, x=one.soil.score, y=one.seed.score)
        for one in reading.facets
        if one in reading.placed and one.soil.score is not None and one.seed.score is not None
    )
    quarters = ("learning_ground", "tension", "bare_ground", "evaluation_ground")
    title = words.get_word("figure.places_title")
    drawing = draw_places(
        PlaceChart(
            places=places,
            quarters=tuple(words.get_word(f"places.{name}") for name in quarters),  # type: ignore[arg-type]
            x_name=words.get_word("figure.soil"),
            y_name=words.get_word("figure.seed"),
            boundaries=(boundary, boundary),
        ),
        title=title,
        description=_describe_places(reading),
    )
    disputed = blocks.make_paragraph(write_talk_over(reading), "note") if reading.list_in("disputed") else ""
    return blocks.make_block(blocks.make_figure(drawing, title, disputed))


def list_differences(reading: FramingReading) -> blocks.Block:
    """Where voices differ strongly, and between whom; this comes before any average."""
    words = reading.chapter
    if not reading.most_voices and _note_held_back(reading):
        return blocks.make_block(_note_held_back(reading))
    if not reading.differences:
        return blocks.make_block(blocks.make_paragraph(words.get_word(f"differ.{_choose_no_difference(reading)}")))
    items = [
        words.get_word("differ.seed" if scale is one.seed else "differ.soil").format(
            facet=one.facet.title, sides=voices.name_sides(scale)
        )
        for one, scale in reading.differences
    ]
    return blocks.make_block(blocks.make_list(items, class_="differences"))


def _choose_no_difference(reading: FramingReading) -> str:
    """Say why no difference is found: nobody rated, one voice alone, never two on one facet, or none far apart."""
    private = reading.edition is Edition.PRIVATE
    if not reading.most_voices:
        rated = any(len(one.missing) < 2 for one in reading.facets)
        return "none_shown" if not private else "group" if rated else "none_given"
    if reading.most_voices > 1:
        return "none_far" if private else "none_far_shown"
    if not private:
        return "one_shown"
    return "one" if reading.count_raters("seed", "soil") == 1 else "none_shared"


def list_tensions(reading: FramingReading, most: int | None = None) -> blocks.Block:
    """The facets where hope and habit pull apart, the sharpest first, each with its moves; `most` None shows all."""
    if not reading.is_answered:
        return blocks.make_block(blocks.make_paragraph(write_follows(reading)))
    tensions = reading.list_in("tension")[:most]
    if not tensions:
        return blocks.make_block(blocks.make_paragraph(reading.chapter.get_word("learning.no_tension")))
    return blocks.make_block(
        blocks.make_list([_write_tension(one, reading.chapter) for one in tensions], ordered=True, class_="tensions")
    )


def summarise(reading: FramingReading) -> blocks.Block:
    """The chapter's section of the summary; too early for a verdict, it shows what is known and no moves."""
    words = reading.chapter
    shown = any(len(one.missing) < 2 for one in reading.facets)
    if not reading.is_answered and (reading.pattern not in ("early", "disputed") or not shown):
        follows = blocks.make_paragraph(write_follows(reading))
        return blocks.make_section("framing", write_headline(reading), _note_held_back(reading), follows)
    tensions = reading.list_in("tension") if reading.is_answered else ()
    several = reading.most_voices > 1
    return blocks.make_section(
        "framing",
        write_headline(reading),
        element("h3", words.get_word("differ.heading")) if several else "",
        list_differences(reading) if several else "",
        tabulate_field(reading),
        compare_readings(reading),
        element("h3", words.get_word("moves_heading")) if tensions else "",
        list_tensions(reading, most=3) if tensions else "",
        subtitle=words.get_word(f"figure.{_choose_subtitle(reading)}"),
    )


def _choose_subtitle(reading: FramingReading) -> str:
    private = reading.edition is Edition.PRIVATE
    if not reading.most_voices:
        return "subtitle_group"
    if reading.most_voices > 1 or (private and (reading.count_raters("seed", "soil") or 0) > 1):
        return "subtitle"
    return "subtitle_one" if private else "subtitle_one_shown"


def _write_tension(one: FacetReading, chapter: Chapter) -> Markup:
    facet = one.facet
    pull = chapter.get_word("pull").format(
        facet=facet.title, seed=facet.words.get("seed", ""), soil=facet.words.get("soil", "")
    )
    return element("p", element("strong", pull)) + blocks.make_list(facet.moves)


def _tabulate_facets(reading: FramingReading) -> Markup:
    columns = [blocks.TableColumn(name) for name in reading.chapter.words["table"]["columns"]]
    rows = [
        [
            one.facet.title,
            voices.word_middle_and_range(one.seed),
            voices.word_middle_and_range(one.soil),
            _word_place(one, reading),
        ]
        for one in reading.facets
    ]
    return blocks.make_table(reading.chapter.get_word("table.caption"), columns, rows)


def _word_place(one: FacetReading, reading: FramingReading) -> str:
    hidden = one.place == "unknown" and reading.edition is not Edition.PRIVATE
    return reading.chapter.get_word(f"places.{'not_here' if hidden else one.place}")


def _describe_places(reading: FramingReading) -> str:
    names = ("tension", "learning_ground", "evaluation_ground", "bare_ground", "disputed", "unknown")
    found = [reading.list_in(name) for name in names]  # type: ignore[arg-type]
    return " ".join(f"{_word_place(facets[0], reading)}: {name_facets(facets)}." for facets in found if facets)


def _note_held_back(reading: FramingReading) -> Markup:
    withheld = [scale.withheld for one in reading.facets for scale in (one.seed, one.soil)]
    return voices.note_held_back(withheld, reading.minimum_group)
