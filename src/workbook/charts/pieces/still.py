"""A drawing as an image with its own styles, and back: a notebook that nobody trusts keeps images, not drawings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from urllib.parse import quote, unquote

from markupsafe import Markup

from workbook.markup import element
from workbook.theme import COLOURS, read_stylesheet

PAPER = "#FFFFFF"
STYLES = ("figures", "field", "points", "marks", "notebook")
"""The files that style what is drawn."""
_TAG = re.compile(r"<svg\b[^>]*>|</svg>")
_STILL = re.compile(r'<img class="still[^"]*" src="data:image/svg\+xml,([^"]*)"[^>]*>')
_STYLE = re.compile(r' xmlns="http://www\.w3\.org/2000/svg"|(?<=>)<style>[^<]*</style>')
_AROUND = re.compile(r'class="(plant|strip)">$')
_MEDIA = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^}]*\})*[^{}]*\}")
_RULE = re.compile(r"([^{}]+)\{([^}]*)\}")
_COMMA = re.compile(r",(?![^(]*\))")
_NAMES = re.compile(r"\.([\w-]+)")
# What an address may hold as it is, so that a stored notebook can still be read and compared line by line.
_PLAIN = " !$()*+,/:;=?@[]{}~|"


def write_colours(css: str) -> str:
    """Return styles with each colour written out, and each other variable as what the styles fall back on."""
    known = {**COLOURS, "paper": PAPER, "earth": "#F2E8ED", "hair": "#12436D40"}
    return re.sub(r"var\(--([a-z]+)(?:, ?([^()]*))?\)", lambda found: known.get(found[1], found[2] or ""), css)


def freeze_drawings(html: str) -> str:
    """Return HTML whose drawings are images that say in words what each shows; `revive_drawings` undoes it."""
    parts, end = [], 0
    for start, stop in _find_drawings(html):
        around = _AROUND.search(html, end, start)
        parts += [html[end:start], _make_image(html[start:stop], around[1] if around else "")]
        end = stop
    return "".join([*parts, html[end:]])


def revive_drawings(html: str) -> str:
    """Return HTML with the drawings that `freeze_drawings` made images of, to the letter."""
    return _STILL.sub(lambda found: _STYLE.sub("", unquote(found[1]), count=2), html)


def _find_drawings(html: str) -> Iterator[tuple[int, int]]:
    depth, start = 0, 0
    for tag in _TAG.finditer(html):
        closes = tag[0] == "</svg>"
        if not closes and depth == 0:
            start = tag.start()
        depth += -1 if closes else 1
        if closes and depth == 0:
            yield start, tag.end()


def _make_image(drawing: str, around: str) -> Markup:
    opening, _, rest = drawing.partition(">")
    given = dict(re.findall(r'([\w-]+)="([^"]*)"', opening))
    kind = around or given.get("class", "chart").split()[0]
    style = _choose_rules(kind, frozenset(" ".join(re.findall(r'class="([^"]*)"', rest)).split()))
    whole = f'{opening} xmlns="http://www.w3.org/2000/svg"><style>{style}</style>{rest}'
    told = re.match(r"<title>(.*?)</title><desc>(.*?)</desc>", rest)
    return element(
        "img",
        class_=" ".join(filter(None, ("still", given.get("class")))),
        src=f"data:image/svg+xml,{quote(whole, safe=_PLAIN)}",
        alt=". ".join(unescape(part).rstrip(".") for part in told.groups()) if told else "",
        width=given.get("width") or given["viewBox"].split()[2],
        height=given.get("height"),
    )


@cache
def _choose_rules(kind: str, classes: frozenset[str]) -> str:
    return "".join(rule for needs, rule in _list_rules(kind) if needs <= classes)


@cache
def _list_rules(kind: str) -> list[tuple[frozenset[str], str]]:
    """List the pages' rules for what stands in a drawing of a kind, each with the classes it needs."""
    css = write_colours(_MEDIA.sub("", read_stylesheet(*STYLES).partition("}")[2]))
    rules = [(frozenset[str](), "svg{font:15px system-ui,sans-serif}")]
    for selectors, body in _RULE.findall(css):
        for selector in _COMMA.split(selectors):
            first, _, inside = selector.strip().partition(" ")
            if inside and re.fullmatch(rf":is\(.*\.{kind}\b.*\)|\.{kind}", first):
                rules.append((frozenset(_NAMES.findall(inside)), f"{inside}{{{body}}}"))
    return rules
