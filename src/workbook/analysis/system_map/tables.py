"""The tables of chapter 09, of the group and of every voice, merged into one map.

The same link from several claims is one link. It counts as no surer than the least sure claim, as a guess where none
says how sure it is, and never as tested while its sign is in dispute; its sign is the group's, else that of most
voices, else open. Where the group agreed links, those that only voices draw stand apart, and so do the factors that
only those links need.
"""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, Literal

from workbook.model.base import UNSURE
from workbook.model.engagement import Engagement

Kind = Literal["lived", "practice", "data", "unsure", "other"]
Sign = Literal["more", "less", "open"]
Certainty = Literal["guessed", "believed", "tested"]
Fault = Literal["unknown_factor", "twice", "no_ends", "to_itself"]

Claims = Mapping[tuple[str, str], list["Claim"]]
SURENESS: tuple[Certainty, ...] = ("guessed", "believed", "tested")
APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u00b4`\u2032")
KINDS: tuple[Kind, ...] = ("lived", "practice", "data", "unsure")


@dataclass(frozen=True)
class Factor:
    """A thing that can grow or shrink; `number` counts from 0 in the order of the map."""

    number: int
    key: str
    label: str
    kind: Kind


@dataclass(frozen=True)
class Claim:
    """What one source says of a link. `voice` is None for the group and where it may not be said whose it is.

    What is not said of it is open or None; `unsure` names the columns to which the answer is "we do not know yet".
    """

    voice: str | None
    agreed: bool
    sign: Sign
    strength: int | None
    certainty: Certainty | None
    change_mind: str | None
    unsure: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """More of `source` brings more or less of `target`. `strength` is in steps from 0."""

    source: Factor
    target: Factor
    sign: Sign
    strength: float
    certainty: Certainty
    claims: tuple[Claim, ...]

    @property
    def pair(self) -> tuple[int, int]:
        """The link by the numbers of its ends."""
        return self.source.number, self.target.number

    @property
    def is_disputed(self) -> bool:
        """Whether one claim says more and another says less."""
        return {"more", "less"} <= {claim.sign for claim in self.claims}

    @property
    def is_judged(self) -> bool:
        """Whether anybody says how sure the link is; one of which nobody does counts as a guess."""
        return any(claim.certainty for claim in self.claims)

    @property
    def is_weighed(self) -> bool:
        """Whether anybody says how strong the link is."""
        return any(claim.strength is not None for claim in self.claims)

    def is_unsure(self, column: str) -> bool:
        """Whether somebody says of a column that it is not known yet."""
        return any(column in claim.unsure for claim in self.claims)

    @property
    def change_mind(self) -> str | None:
        """What would change somebody's mind: the group's words, else the first that a voice gave."""
        return next((claim.change_mind for claim in self.claims if claim.change_mind), None)


@dataclass(frozen=True)
class MapFault:
    """Something in the tables that does not fit: what kind, and the words that name it."""

    kind: Fault
    words: Mapping[str, str]


@dataclass(frozen=True)
class Tables:
    """The merged map, and apart from it the links that voices add to one the group agreed.

    `left_out` counts factors beyond the most a map is read for.
    """

    factors: tuple[Factor, ...]
    links: tuple[Link, ...]
    added: tuple[Link, ...]
    faults: tuple[MapFault, ...]
    left_out: int


@dataclass(frozen=True)
class _Given:
    """One source's table."""

    voice: str | None
    agreed: bool
    rows: Sequence[Mapping[str, Any]]


def merge_tables(engagement: Engagement, *, most: int, unknown_strength: float) -> Tables:
    """Merge the tables of factors and of links; a link whose ends are not two factors becomes a fault."""
    keys, faults = _merge_factors(_list_given(engagement, "system_map.factors"))
    names = _index_names(keys)
    claims: dict[tuple[str, str], list[Claim]] = defaultdict(list)
    for given in _list_given(engagement, "system_map.links"):
        for row in given.rows:
            ends = _find_ends(row, names)
            if isinstance(ends, MapFault):
                faults.append(ends)
            else:
                claims[ends].append(_read_claim(given, row))
    mapped, added = _set_apart(claims)
    known = _list_mapped(engagement, keys, mapped) if added else list(keys)
    kept = _keep_busiest(known, mapped, most)
    ordered = [*kept, *(key for key in keys if key not in kept)]
    factors = {key: Factor(number, key, *keys[key]) for number, key in enumerate(ordered)}
    return Tables(
        factors=tuple(factors[key] for key in kept),
        links=_make_links(
            {pair: made for pair, made in mapped.items() if set(pair) <= set(kept)}, factors, unknown_strength
        ),
        added=_make_links(added, factors, unknown_strength),
        faults=_drop_repeats(faults),
        left_out=len(known) - len(kept),
    )


def _set_apart(claims: Claims) -> tuple[Claims, Claims]:
    """Return the links of the map, and those that only voices draw where the group agreed links."""
    agreed = {pair: made for pair, made in claims.items() if any(claim.agreed for claim in made)}
    if not agreed:
        return claims, {}
    return agreed, {pair: made for pair, made in claims.items() if pair not in agreed}


def _list_mapped(engagement: Engagement, keys: Iterable[str], mapped: Claims) -> list[str]:
    """Return the factors that the group named or linked."""
    given = [one for one in _list_given(engagement, "system_map.factors") if one.agreed]
    wanted = {*_merge_factors(given)[0], *(end for pair in mapped for end in pair)}
    return [key for key in keys if key in wanted]


def _make_links(claims: Claims, factors: Mapping[str, Factor], unknown_strength: float) -> tuple[Link, ...]:
    links = [_make_link(factors[pair[0]], factors[pair[1]], made, unknown_strength) for pair, made in claims.items()]
    return tuple(sorted(links, key=lambda link: link.pair))


def simplify_name(name: str) -> str:
    """Return a name as a map holds it: small letters, single spaces, no unseen sign."""
    seen = (sign for sign in unicodedata.normalize("NFKC", name) if unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).casefold().split())


def fold_name(name: str) -> str:
    """Return a name as names are compared: two that differ only by apostrophe, hyphen, space or case are one.

    `well-being`, `Wellbeing` and `well being` name one factor, and so do `people's trust` and `peoples trust`.
    """
    simple = simplify_name(name)
    return "".join(sign for sign in simple if sign not in APOSTROPHES and not _parts_words(sign)) or simple


def _parts_words(sign: str) -> bool:
    return sign == " " or unicodedata.category(sign) == "Pd" or sign == "\u2212"


def _list_given(engagement: Engagement, question: str) -> Iterator[_Given]:
    """Yield the group's table first, then the voices' in an order that says nothing of theirs."""
    agreed = engagement.get_agreed(question)
    if isinstance(agreed, list):
        yield _Given(None, True, agreed)
    responses = [one for one in engagement.list_responses(question) if isinstance(one.value, list)]
    for response in sorted(responses, key=lambda one: (one.voice or "", str(one.value))):
        yield _Given(response.voice, False, response.value)


def _merge_factors(tables: Iterable[_Given]) -> tuple[dict[str, tuple[str, Kind]], list[MapFault]]:
    """Return label and kind by short name: the group's in its order, then those that voices add, by the alphabet."""
    called: dict[str, str] = {}
    agreed: dict[str, tuple[str, Kind]] = {}
    added: dict[str, tuple[str, Kind]] = {}
    faults: list[MapFault] = []
    for given in tables:
        for row in given.rows:
            key, label = simplify_name(str(row.get("id", ""))), str(row.get("label", "")).strip()
            key = called.setdefault(fold_name(key), key)
            if not key or not label or UNSURE in (key, label):
                continue
            known = agreed.get(key) or added.get(key)
            if known is None:
                (agreed if given.agreed else added)[key] = (label, _read_kind(row))
            elif fold_name(known[0]) != fold_name(label):
                faults.append(MapFault("twice", {"name": key, "first": known[0], "second": label}))
    return {**agreed, **dict(sorted(added.items()))}, faults


def _read_kind(row: Mapping[str, Any]) -> Kind:
    return next((kind for kind in KINDS if row.get("kind") == kind), "other")


def _index_names(keys: Mapping[str, tuple[str, Kind]]) -> dict[str, str]:
    """Return short names by what a link may call a factor: its label too, unless that is another's short name."""
    labels = {fold_name(label): key for key, (label, _) in reversed(list(keys.items()))}
    return {**labels, **{fold_name(key): key for key in keys}}


def _find_ends(row: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, str] | MapFault:
    ends = [str(row.get(side, "")).strip() for side in ("from", "to")]
    if any(end in ("", UNSURE) for end in ends):
        return MapFault("no_ends", {})
    for end in ends:
        if fold_name(end) not in names:
            return MapFault("unknown_factor", {"source": ends[0], "target": ends[1], "name": end})
    source, target = (names[fold_name(end)] for end in ends)
    return MapFault("to_itself", {"name": ends[0]}) if source == target else (source, target)


def _read_claim(given: _Given, row: Mapping[str, Any]) -> Claim:
    sign, strength, mind = row.get("sign"), row.get("strength"), row.get("change_mind")
    return Claim(
        voice=given.voice,
        agreed=given.agreed,
        sign="more" if sign == "more" else "less" if sign == "less" else "open",
        strength=strength if isinstance(strength, int) else None,
        certainty=next((sure for sure in SURENESS if row.get("certainty") == sure), None),
        change_mind=mind if mind and mind != UNSURE else None,
        unsure=frozenset(column for column, value in row.items() if value == UNSURE),
    )


def _keep_busiest(keys: list[str], claims: Iterable[tuple[str, str]], most: int) -> list[str]:
    ends = Counter(end for pair in claims for end in set(pair))
    busiest = set(sorted(keys, key=lambda key: (-ends[key], keys.index(key)))[:most]) if len(keys) > most else set(keys)
    return [key for key in keys if key in busiest]


def _make_link(source: Factor, target: Factor, claims: list[Claim], unknown_strength: float) -> Link:
    agreed = [claim for claim in claims if claim.agreed]
    strengths = [one.strength for one in claims if one.strength is not None]
    settled = [claim.strength for claim in agreed if claim.strength is not None]
    disputed = {"more", "less"} <= {claim.sign for claim in claims}
    surest: Certainty = "believed" if disputed else "tested"
    judged = [claim.certainty for claim in claims if claim.certainty] or ["guessed"]
    return Link(
        source=source,
        target=target,
        sign=_settle_sign(agreed) if agreed else _settle_sign(claims),
        strength=float(median(settled or strengths or [unknown_strength])),
        certainty=min((surest, *judged), key=SURENESS.index),
        claims=tuple(claims),
    )


def _settle_sign(claims: Sequence[Claim]) -> Sign:
    """Return the sign of most claims; open where none says, or as many say more as less."""
    count = Counter(claim.sign for claim in claims)
    if count["more"] == count["less"]:
        return "open"
    return "more" if count["more"] > count["less"] else "less"


def _drop_repeats(faults: Iterable[MapFault]) -> tuple[MapFault, ...]:
    return tuple({(fault.kind, *fault.words.values()): fault for fault in faults}.values())
