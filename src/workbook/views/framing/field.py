"""The field of seeds and soil: a figure that is its own table, on the screen and on paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from workbook.analysis.framing import FacetReading, FramingReading
from workbook.analysis.voices.scales import ScaleReading
from workbook.charts.field import Side, draw_lane, draw_plant, draw_small
from workbook.markup import element, join
from workbook.model.answers import Edition
from workbook.model.wordings import Wording, load_wording
from workbook.theme import join_words
from workbook.views.pieces import voices
from workbook.views.pieces.blocks import Block, fill, make_block, make_held_back, make_list

ORDER = ("tension", "disputed", "learning_ground", "evaluation_ground", "bare_ground", "half", "held", "closed", "open")
BEDS = ("closed", "open")
"""Patches in which nothing is drawn."""
LEADS = {"learning": "learning_ground", "evaluation": "evaluation_ground"}
UNSEEN = ("half", "open")
"""The patches of points that are not known, or that an edition does not show."""
NARROW = 2
"""A bed of so many points has room for their names only."""
Patch = tuple[str, tuple[FacetReading, ...]]
Ghost = tuple[ScaleReading | None, ScaleReading | None]
Ghosts = Mapping[str, Ghost]
NO_GHOSTS: Ghosts = {}


def draw_field(reading: FramingReading, ghosts: Ghosts = NO_GHOSTS) -> Block:
    """The field with its key, and under it that something is held back; the report says of what kind that is.

    `ghosts` are both sides of a point as the same people saw them in the last round, by the point's id.
    """
    held = make_held_back(load_wording("field").get_word("held_back")) if note_held_back(reading) else None
    return make_block(
        _draw_key(reading, ghosts), draw_patches(reading, ghosts), draw_ground(reading, ghosts=ghosts), held
    )


def draw_screen_field(reading: FramingReading) -> Block:
    """The field as a screen shows it, without what stands in its place on paper."""
    return make_block(_draw_key(reading, NO_GHOSTS), draw_patches(reading), note_held_back(reading))


def _draw_key(reading: FramingReading, ghosts: Ghosts) -> Markup:
    words = load_wording("field")
    return make_list([words.get_word("key_ground"), *_list_key(reading, words, ghosts)], class_="keys")


def tabulate_field(reading: FramingReading) -> Block:
    """The field as a table with two sides, on the screen and on paper alike."""
    key = make_list(_list_key(reading, load_wording("field")), class_="keys")
    return make_block(key, draw_ground(reading, alone=True), note_held_back(reading))


def note_held_back(reading: FramingReading) -> Markup:
    """Say once for the whole field what is held back and why."""
    withheld = [scale.withheld for one in reading.facets for scale in (one.seed, one.soil)]
    return voices.note_held_back(withheld, reading.minimum_group)


def write_field_headline(reading: FramingReading) -> str:
    """What the field shows, in one line."""
    words, known = load_wording("field"), reading.known
    count = {place: len(reading.list_in(place)) for place in ("tension", "disputed", "learning_ground")}
    given = {
        "total": len(reading.facets),
        "known": len(known),
        "open": len(reading.facets) - len(known),
        "tension": count["tension"] or words.get_word("none"),
        "disputed": count["disputed"],
        "ready": count["learning_ground"],
        "evaluation": len(reading.list_in("evaluation_ground")),
        "are": words.get_word("is" if count["tension"] < 2 else "are"),
        "points": words.get_word("point" if len(known) == 1 else "points"),
        "grounds": words.get_word("is" if len(reading.list_in("evaluation_ground")) == 1 else "are"),
        "pull": words.get_word("pull_one" if count["tension"] < 2 else "pull"),
        "open_are": words.get_word("is" if len(reading.facets) - len(known) == 1 else "are"),
    }
    rest = [fill(words.get_word("disputed"), disputed=count["disputed"])] if count["disputed"] else []
    rest += [words.get_word("ready_none") if not count["learning_ground"] else fill(words.get_word("ready"), **given)]
    headline = fill(words.get_word(f"headline.{_choose_headline(reading)}"), rest=", ".join(rest), **given)
    return voices.attribute(headline, reading.lone) if reading.is_answered else headline


def _choose_headline(reading: FramingReading) -> str:
    private = reading.edition is Edition.PRIVATE
    if not reading.known:
        return "none" if private else "none_shown"
    apart = 0 if reading.list_in("tension") else len(reading.list_in("disputed"))
    # An edition that shows every point says of them what the private one does.
    if not private and len(reading.known) < len(reading.facets):
        return "shown_apart" if apart else "shown"
    if reading.pattern in LEADS:
        return reading.pattern
    if apart:
        return "apart_all" if apart == len(reading.facets) else "apart"
    return "whole" if len(reading.known) == len(reading.facets) else "known"


def _list_key(reading: FramingReading, words: Wording, ghosts: Ghosts = NO_GHOSTS) -> list[str]:
    """Explain the marks that this field has, and no others."""
    sides = [scale for one in reading.facets for scale in (one.seed, one.soil)]
    marks = {
        "middle": any(len(scale.responses) > 1 and not scale.is_disputed for scale in sides),
        "agreed": any(scale.agreed is not None for scale in sides),
        "apart": any(scale.is_disputed for scale in sides),
        "read" if reading.is_call else "alone": any(
            len(scale.responses) == 1 and scale.agreed is None for scale in sides
        ),
        "dot": any(1 < len(scale.responses) < 10 for scale in sides),
        "many": any(len(scale.responses) > 9 for scale in sides),
        "high": any(scale.value is not None for scale in sides),
        "target": any(scale.target is not None for scale in sides),
        "ghost": bool(ghosts),
    }
    return [words.get_word(f"key.{name}") for name, shown in marks.items() if shown]


def sort_patches(reading: FramingReading) -> tuple[Patch, ...]:
    """Return the points by the patch they stand in, that which decides most first."""
    lead = LEADS.get(reading.pattern)
    order = sorted(ORDER, key=lambda name: (name != lead, ORDER.index(name)))
    found = {name: tuple(one for one in _sort_sharpest(reading) if _find_patch(one) == name) for name in order}
    return tuple((name, facets) for name, facets in found.items() if facets)


def _sort_sharpest(reading: FramingReading) -> list[FacetReading]:
    return sorted(reading.facets, key=lambda one: -one.tension)


def _find_patch(one: FacetReading) -> str:
    if one.place != "unknown":
        return one.place
    held = [scale.withheld == "small_group" and scale.value is None for scale in (one.seed, one.soil)]
    if any(held):
        return "closed" if all(held) else "held"
    return "half" if len(one.missing) == 1 else "open"


def draw_patches(reading: FramingReading, ghosts: Ghosts = NO_GHOSTS) -> Markup:
    """The field itself: a patch for each place, each as wide as it has points."""
    patches = [
        _draw_patch(reading, patch, ghosts, first=not index) for index, patch in enumerate(sort_patches(reading))
    ]
    return element("div", patches, class_="field")


def _draw_patch(reading: FramingReading, patch: Patch, ghosts: Ghosts, *, first: bool) -> Markup:
    (name, facets), words = patch, load_wording("field")
    heading = element("h3", element("b", str(len(facets))), " ", words.get_word(f"patches.{_name_patch(name, facets)}"))
    class_ = f"patch n{len(facets)}{' pull' if first and name not in BEDS else ''}"
    if name in BEDS:
        titles = join_words([one.facet.title.lower() for one in facets])
        kind = "bed_held" if name == "closed" else "bed" if reading.edition is Edition.PRIVATE else "bed_shown"
        told = fill(words.get_word(kind), facets=titles)
        bed = element("p", element("span", told if len(facets) > NARROW else titles))
        return element("div", heading, bed, class_=f"{class_} bed")
    return element(
        "div", heading, element("ul", [_draw_point(one, _find_ghost(one, ghosts)) for one in facets]), class_=class_
    )


def _draw_point(one: FacetReading, ghost: Ghost) -> Markup:
    words = load_wording("field")
    seed, soil = one.facet.words.get("seed", one.facet.title), one.facet.words.get("soil", one.facet.title)
    hoped = element("span", f" ({_word_side(one.seed, words.get_word('hoped'), ghost[0])}) ", class_="vh")
    held = element("span", f" ({_word_side(one.soil, words.get_word('held'), ghost[1])}) ", class_="vh")
    return element(
        "li",
        element("span", seed, hoped, class_="hope"),
        element("span", draw_plant(make_side(one.seed, ghost[0]), make_side(one.soil, ghost[1])), class_="plant"),
        element("span", soil, held, class_="held"),
    )


def _find_ghost(one: FacetReading, ghosts: Ghosts) -> Ghost:
    return ghosts.get(one.facet.id, (None, None))


def make_side(scale: ScaleReading, ghost: ScaleReading | None = None) -> Side:
    """Turn a reading into one side of a plant; `ghost` is what the same people said in the last round."""
    values = tuple(float(response.value) for response in scale.responses)
    last = len(scale.steps) - 1
    target = None if scale.target is None else float(scale.target.value)
    then = None if ghost is None or ghost.is_disputed else ghost.value
    if scale.value is None:
        held = scale.withheld == "small_group"
        return Side(
            words=load_wording("page").get_word("held_back") if held else "?", last=last, target=target, ghost=then
        )
    settled = scale.agreed is not None
    return Side(values, scale.value, agreed=settled, apart=scale.is_disputed, last=last, target=target, ghost=then)


def _word_side(scale: ScaleReading, name: str, ghost: ScaleReading | None = None) -> str:
    """Say one side in words: the answer to reckon with, then how many voices gave which."""
    first = load_wording("field").get_word("apart") if scale.is_disputed else voices.word_middle(scale)
    left = "".join(f"; {one}" for one in voices.list_left(scale))
    counts = Counter(response.value for response in scale.responses)
    steps = [f"{count} {voices.word_step(scale, step)}" for step, count in sorted(counts.items())]
    spread = f"; {', '.join(steps)}" if len(steps) > 1 or sum(counts.values()) > 1 else ""
    goal = "".join(f"; {one}" for one in voices.tell_target(scale))
    return f"{name}: {first}{spread}{left}{goal}{_word_ghost(ghost)}"


def _word_ghost(ghost: ScaleReading | None) -> str:
    """Say what the same people said in the last round, as a screen reader hears it."""
    if ghost is None:
        return ""
    return "; " + load_wording("field").get_word("ghost").format(step=voices.word_middle(ghost))


def draw_ground(reading: FramingReading, *, alone: bool = False, ghosts: Ghosts = NO_GHOSTS) -> Markup:
    """The same field for paper: two sides of a line, a row for each point; `alone` it stands on the screen too."""
    words = load_wording("field")
    heads = [
        element("th", words.get_word("held_title"), scope="col", class_="w1"),
        element("td", class_="w0"),
        element("td", class_="w0"),
        element("th", words.get_word("hoped_title"), scope="col", class_="w2"),
    ]
    bodies = [_draw_rows(patch, ghosts, first=not k, alone=alone) for k, patch in enumerate(sort_patches(reading))]
    return element(
        "table",
        element("caption", words.get_word("caption"), class_="vh"),
        element("thead", element("tr", heads)),
        bodies,
        class_="ground paper",
        hidden=not alone,
    )


def _name_patch(name: str, facets: Sequence[FacetReading]) -> str:
    """Name a patch's words: what a shared edition does not show is not therefore unknown."""
    return f"{name}_shown" if name in UNSEEN and not facets[0].seed.is_whole else name


def _draw_rows(patch: Patch, ghosts: Ghosts, *, first: bool, alone: bool) -> Markup:
    (name, facets), words = patch, load_wording("field")
    heading = join([element("b", f"{len(facets)} {words.get_word(f'patches.{_name_patch(name, facets)}')}"), ": "])
    if name in BEDS:
        listed = join_words([one.facet.title.lower() for one in facets])
        return element(
            "tbody", element("tr", element("th", heading, listed, colspan=4, scope="rowgroup")), class_="group"
        )
    meaning = words.get_word(f"meanings.{_name_patch(name, facets)}")
    top = element("tr", element("th", heading, meaning, colspan=4, scope="rowgroup"), class_="group")
    return element(
        "tbody",
        top,
        [_draw_row(one, _find_ghost(one, ghosts), alone=alone) for one in facets],
        class_="pull" if first else None,
    )


def _draw_row(one: FacetReading, ghost: Ghost, *, alone: bool) -> Markup:
    words = load_wording("field")
    told = [
        element("span", f" ({_word_side(scale, words.get_word(name))})", class_="vh") if alone else None
        for scale, name in ((one.soil, "held"), (one.seed, "hoped"))
    ]
    seed, soil = one.facet.words.get("seed", one.facet.title), one.facet.words.get("soil", one.facet.title)
    return element(
        "tr",
        element("td", soil, told[0], class_="w1"),
        element("td", draw_lane(make_side(one.soil, ghost[1]), "soil", mirrored=True)),
        element("td", draw_lane(make_side(one.seed, ghost[0]), "seed")),
        element("td", seed, told[1], class_="w2"),
    )


def draw_small_field(reading: FramingReading) -> Markup:
    """The field in little, with its patches in words beside it."""
    patches = sort_patches(reading)
    pairs = [(make_side(one.seed), make_side(one.soil)) for _, facets in patches for one in facets]
    return join([draw_small(pairs), write_patches(reading)])


def write_patches(reading: FramingReading) -> str:
    """Say how many points stand in each patch."""
    words = load_wording("field")
    return "; ".join(
        f"{len(facets)} {words.get_word(f'patches.{_name_patch(name, facets)}').lower()}"
        for name, facets in sort_patches(reading)
    )
