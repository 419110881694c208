"""The system map handed on to programs that draw maps: as a workbook of factors and links, as GraphML, for Kumu."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.analysis.system_map.system_map import SystemMapReading, read_system_map
from workbook.analysis.system_map.tables import Factor, Link
from workbook.errors import WorkbookError
from workbook.export.format import MapFormat
from workbook.export.spreadsheet import write_spreadsheet
from workbook.export.tables import Table
from workbook.markup import clean_text
from workbook.model.answers import Edition
from workbook.model.chapters import Chapter
from workbook.model.engagement import Engagement
from workbook.model.wordings import load_wording

SIGNS = {"more": "+", "less": "-", "open": "?"}


ENDINGS = {MapFormat.XLSX: "xlsx", MapFormat.GRAPHML: "graphml", MapFormat.KUMU: "kumu.json"}


def export_map(slug: str, *, edition: Edition, format_: MapFormat) -> Path:
    """Write the map of an engagement as one edition may show it; return the file.

    Raises WorkbookError where this edition has no map.
    """
    engagement = storage.load_engagement(slug, edition)
    content = make_map(engagement, format_)
    suffix = "" if edition is Edition.PRIVATE else f".{edition}"
    folder = storage.find_outputs(slug)
    storage.make_folder(folder)
    with storage.put_made(folder / f"map{suffix}.{ENDINGS[format_]}") as path:
        return storage.write_bytes(path, content)


def make_map(engagement: Engagement, format_: MapFormat) -> bytes:
    """Return the bytes of the map in one format."""
    reading = read_system_map(engagement)
    if not reading.factors:
        raise WorkbookError(f"The {engagement.edition} edition of {engagement.slug} has no map: nobody named a factor.")
    if format_ is MapFormat.XLSX:
        return _write_workbook(engagement, reading)
    if format_ is MapFormat.GRAPHML:
        return _write_graphml(reading)
    return _write_kumu(reading)


def list_links(reading: SystemMapReading) -> tuple[Link, ...]:
    """Return every link: those of the map, then those that voices add to one the group agreed."""
    known = {factor.number for factor in reading.factors}
    return (*reading.links, *(link for link in reading.added if set(link.pair) <= known))


def _write_workbook(engagement: Engagement, reading: SystemMapReading) -> bytes:
    words = load_wording("export")
    given: Mapping[str, Any] = words.words["map"]
    open_ = given["open"]
    factors = tuple((one.key, one.label, _name_kind(reading.chapter, one) or open_) for one in reading.factors)
    links = tuple(
        (link.source.key, link.target.key, *_describe(reading.chapter, link, open_)) for link in list_links(reading)
    )
    tables = [
        Table("factors", "Factors", given["factors"], tuple(given["factor_columns"]), factors),
        Table("links", "Links", given["links"], tuple(given["link_columns"]), links or ((open_,) * 6,)),
    ]
    cover = [
        (words.get_word("edition"), words.get_word(f"editions.{engagement.edition}")),
        (words.get_word("what"), given["cover"]),
    ]
    return write_spreadsheet(tables, title=given["title"].format(title=engagement.facts.title), cover=cover)


def _describe(chapter: Chapter, link: Link, open_: str) -> tuple[str, str, str, str]:
    """Return sign, strength, certainty and what would change our mind, in words; a strength between two is open."""
    steps = _list_steps(chapter)
    strength = steps[int(link.strength)] if link.strength.is_integer() and link.is_weighed else open_
    sign = open_ if link.sign == "open" else link.sign
    certainty = link.certainty if link.is_judged else open_
    return sign, strength, certainty, link.change_mind or open_


def _list_steps(chapter: Chapter) -> tuple[str, ...]:
    question = next(one for one in chapter.questions if one.id == "system_map.links")
    return next(column.steps for column in getattr(question, "columns", ()) if column.id == "strength")


def _name_kind(chapter: Chapter, factor: Factor) -> str:
    labels = {option.id: option.label for option in chapter.lists["factor_kinds"]}
    return labels.get(factor.kind, "")


def _write_graphml(reading: SystemMapReading) -> bytes:
    from networkx import DiGraph
    from networkx.readwrite.graphml import write_graphml_xml

    graph = DiGraph()
    for factor in reading.factors:
        kind = _name_kind(reading.chapter, factor)
        said = {"description": clean_text(factor.label)} | ({"type": kind} if kind else {})
        graph.add_node(clean_text(factor.key), label=clean_text(factor.key), **said)
    for number, link in enumerate(list_links(reading)):
        ends = clean_text(link.source.key), clean_text(link.target.key)
        graph.add_edge(*ends, id=f"link-{number}", **_list_attributes(reading.chapter, link))
    stream = io.BytesIO()
    # The other writer of networkx is taken where lxml is installed and gives other bytes.
    write_graphml_xml(graph, stream, edge_id_from_attribute="id", named_key_ids=True)
    return stream.getvalue() + b"\n"


def _list_attributes(chapter: Chapter, link: Link) -> dict[str, str]:
    names = ("type", "strength", "certainty", "change_mind")
    described = zip(names, _describe(chapter, link, ""), strict=True)
    return {name: clean_text(text) for name, text in described if text} | {"label": SIGNS[link.sign]}


def _write_kumu(reading: SystemMapReading) -> bytes:
    elements = [
        {"label": one.key, "description": one.label, "type": _name_kind(reading.chapter, one)}
        for one in reading.factors
    ]
    connections = [
        {"from": link.source.key, "to": link.target.key, "direction": "directed"}
        | _list_attributes(reading.chapter, link)
        for link in list_links(reading)
    ]
    blueprint = {"elements": [{k: v for k, v in one.items() if v} for one in elements], "connections": connections}
    return (json.dumps(blueprint, ensure_ascii=False, indent=1) + "\n").encode()
