"""Chapter 01 on the page: seed and soil facet by facet, where each facet stands, the tensions, two readings."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from workbook.analysis.framing import FacetReading, FramingReading, read_framing
from workbook.charts.dots import DotChart, DotRow, DotSeries, draw_dots
from workbook.charts.places import Place, PlaceChart, draw_places
from workbook.markup import element
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter
from workbook.theme import join_words
from workbook.views import voices
from workbook.views.blocks import (
    Block,
    TableColumn,
    fill,
    make_block,
    make_figure,
    make_list,
    make_paragraph,
    make_readings,
    make_section,
    make_table,
)

__all__ = [
    "compare_readings",
    "draw_facet_places",
    "draw_facets",
    "list_differences",
    "list_tensions",
    "read_framing",
    "summarise",
    "write_headline",
]


def write_headline(reading: FramingReading) -> str:
    """The finding in a few words."""
    words = reading.chapter
    if reading.is_call and reading.pattern == "learning":
        return words.get_word("headline.call_learning")
    if reading.pattern != "tension":
        return words.get_word(f"headline.{reading.pattern}")
    count = len(reading.list_in("tension"))
    name = "headline.tension" if count > 1 else "headline.tension_one"
    return fill(words.get_word(name), count=count, total=_count_known(reading))


def draw_facets(reading: FramingReading) -> Block:
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
        ),
        title=title,
        description=words.get_word("figure.description"),
    )
    return make_block(_note_held_back(reading), make_figure(drawing, title, _tabulate_facets(reading)))


def draw_facet_places(reading: FramingReading) -> Block:
    """Each facet's place between hope and habit."""
    words = reading.chapter
    boundary = words.get_number("high")
    places = tuple(
        Place(one.facet.title, x=one.soil.score, y=one.seed.score)
        for one in reading.facets
        if one.soil.score is not None and one.seed.score is not None
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
    return make_block(make_figure(drawing, title))


def list_differences(reading: FramingReading) -> Block:
    """Where voices differ strongly, and between whom; this comes before any average."""
    words = reading.chapter
    if not any(scale.responses for one in reading.facets for scale in (one.seed, one.soil)):
        return make_block(_note_held_back(reading) or make_paragraph(words.get_word("differ.none_given")))
    if not reading.differences:
        return make_block(make_paragraph(words.get_word("differ.none_far")))
    items = [
        words.get_word("differ.seed" if scale is one.seed else "differ.soil").format(
            facet=one.facet.title, sides=voices.name_sides(scale)
        )
        for one, scale in reading.differences
    ]
    return make_block(make_list(items, class_="differences"))


def list_tensions(reading: FramingReading, most: int | None = None) -> Block:
    """The facets where hope and habit pull apart, the sharpest first, each with its moves; `most` None shows all."""
    tensions = reading.list_in("tension")[:most]
    if not tensions:
        return make_block(make_paragraph(reading.chapter.get_word("learning.no_tension")))
    return make_block(
        make_list([_write_tension(one, reading.chapter) for one in tensions], ordered=True, class_="tensions")
    )


def compare_readings(reading: FramingReading) -> Block:
    """The two readings side by side, and what follows."""
    return make_block(make_readings(_read_as_evaluation(reading), _read_as_learning(reading), write_follows(reading)))


def summarise(reading: FramingReading) -> Block:
    """The chapter's section of the summary."""
    words, tensions = reading.chapter, reading.list_in("tension")
    if not reading.is_answered:
        return make_section("framing", write_headline(reading), _note_held_back(reading), write_follows(reading))
    several = reading.most_voices > 1
    return make_section(
        "framing",
        write_headline(reading),
        element("h3", words.get_word("differ.heading")) if several else "",
        list_differences(reading) if several else "",
        draw_facets(reading),
        compare_readings(reading),
        element("h3", words.get_word("moves_heading")) if tensions else "",
        list_tensions(reading, most=3) if tensions else "",
        subtitle=words.get_word("figure.subtitle" if several else "figure.subtitle_one"),
    )


def write_follows(reading: FramingReading) -> str:
    """One sentence that says what follows."""
    words = reading.chapter
    if reading.pattern == "tension":
        first = reading.list_in("tension")[0].facet
        move = _lower_first(first.moves[0]) if first.moves else ""
        pair = {"seed": first.words.get("seed", ""), "soil": first.words.get("soil", "")}
        return fill(words.get_word("follows.call_tension" if reading.is_call else "follows.tension"), move=move, **pair)
    if reading.is_call and reading.pattern == "learning":
        ready = len(reading.list_in("learning_ground"))
        return fill(
            words.get_word("follows.call_learning"), count=ready, known=_count_known(reading), total=len(reading.facets)
        )
    if reading.pattern == "mixed":
        evaluation, learning = (_name(reading.list_in(p)) for p in ("evaluation_ground", "learning_ground"))
        if evaluation and learning:
            return fill(words.get_word("follows.mixed"), evaluation=evaluation, learning=learning)
        unsettled = (*reading.list_in("bare_ground"), *reading.list_in("unknown"))
        return fill(words.get_word("follows.mixed_some"), open=_name(unsettled))
    return words.get_word(f"follows.{reading.pattern}")


def _read_as_evaluation(reading: FramingReading) -> list[str]:
    words = reading.chapter
    if reading.soil is None:
        return [words.get_word(f"follows.{'withheld' if reading.pattern == 'withheld' else 'unknown'}")]
    ground = reading.list_in("evaluation_ground")
    them, stand = ("it", "it stands") if len(ground) == 1 else ("them", "they stand")
    sentences = [
        _write_strength(reading, "evaluation", soil=voices.format_score(reading.soil)),
        fill(words.get_word("evaluation.ready"), facets=_name(ground), them=them, verb_stand=stand)
        if ground
        else words.get_word(f"evaluation.{'none_ready' if reading.list_in('tension') else 'none_held'}"),
    ]
    return sentences + _write_stays(reading)


def _write_stays(reading: FramingReading) -> list[str]:
    words, stays, evaluator = reading.chapter, reading.words["stays_evaluation"], reading.words["evaluator"]
    if stays.state == "missing" and reading.edition is not Edition.PRIVATE:
        return [words.get_word("evaluation.stays_hidden")]
    if stays.state in ("missing", "unsure"):
        return [words.get_word(f"evaluation.stays_{stays.state}")]
    if stays.settled is None:
        return []
    sentences = [fill(words.get_word("evaluation.stays"), stays=stays.settled.rstrip(". "))]
    if evaluator.settled:
        sentences.append(fill(words.get_word("evaluation.stays_by"), evaluator=evaluator.settled.rstrip(". ")))
    return sentences


def _read_as_learning(reading: FramingReading) -> list[str]:
    words = reading.chapter
    if reading.seed is None:
        return [words.get_word(f"follows.{'withheld' if reading.pattern == 'withheld' else 'unknown'}")]
    sentences = [_write_strength(reading, "learning", seed=voices.format_score(reading.seed))]
    tensions, ground = reading.list_in("tension"), reading.list_in("learning_ground")
    if tensions:
        facet = tensions[0].facet
        pair = {"seed_words": facet.words.get("seed", ""), "soil_words": facet.words.get("soil", "")}
        sentences.append(fill(words.get_word("learning.tension"), facet=facet.title.lower(), **pair))
    else:
        sentences.append(words.get_word("learning.no_tension"))
    if ground:
        sentences.append(fill(words.get_word("learning.ground"), facets=_name(ground)))
    return [*sentences, _write_switching(reading)]


def _write_switching(reading: FramingReading) -> str:
    words = reading.chapter
    private = reading.edition is Edition.PRIVATE
    if not reading.switching:
        return words.get_word("learning.not_switched" if private else "learning.switched_hidden")
    titles = [one.facet.title.lower() for one in reading.facets if one.facet.id in reading.switching]
    said = reading.words["said_aloud"]
    name = "said" if said.settled else "unsaid" if private or said.state == "unsure" else "untold"
    moved = fill(words.get_word("learning.switched"), facets=join_words(titles))
    return moved + words.get_word(f"learning.switched_{name}")


def _write_strength(reading: FramingReading, side: str, **score: str) -> str:
    scales = {one.facet.title: one.soil if side == "evaluation" else one.seed for one in reading.facets}
    best = max((scale.score or 0 for scale in scales.values()), default=0)
    top = [title.lower() for title, scale in scales.items() if scale.score == best]
    if len(top) > 3:
        return fill(reading.chapter.get_word(f"{side}.strength_one"), **score)
    return fill(reading.chapter.get_word(f"{side}.strength"), top=join_words(top), **score)


def _write_tension(one: FacetReading, chapter: Chapter) -> Markup:
    facet = one.facet
    pull = chapter.get_word("pull").format(
        facet=facet.title, seed=facet.words.get("seed", ""), soil=facet.words.get("soil", "")
    )
    return element("p", element("strong", pull)) + make_list(facet.moves)


def _tabulate_facets(reading: FramingReading) -> Markup:
    columns = [TableColumn(name) for name in reading.chapter.words["table"]["columns"]]
    rows = [
        [
            one.facet.title,
            voices.word_middle_and_range(one.seed),
            voices.word_middle_and_range(one.soil),
            reading.chapter.get_word(f"places.{one.place}"),
        ]
        for one in reading.facets
    ]
    return make_table(reading.chapter.get_word("table.caption"), columns, rows)


def _describe_places(reading: FramingReading) -> str:
    names = ("tension", "learning_ground", "evaluation_ground", "bare_ground", "unknown")
    found = [(reading.chapter.get_word(f"places.{name}"), reading.list_in(name)) for name in names]  # type: ignore[arg-type]
    return " ".join(f"{place}: {_name(facets)}." for place, facets in found if facets)


def _note_held_back(reading: FramingReading) -> Markup:
    withheld = [scale.withheld for one in reading.facets for scale in (one.seed, one.soil)]
    return voices.note_held_back(withheld, reading.minimum_group)


def _name(facets: Sequence[FacetReading]) -> str:
    return join_words([one.facet.title.lower() for one in facets])


def _count_known(reading: FramingReading) -> int:
    return sum(facet.place != "unknown" for facet in reading.facets)


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
