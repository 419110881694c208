"""Who a file is from: the person of a voice that is there, somebody who may be, or somebody new."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.model.answers import Voice
from workbook.model.slips.spelling import fold_words


def find_respondent(voices: Mapping[str, Voice], like: Voice) -> str | None:
    """Return the voice to which the form gave the same mark; None where it gave none."""
    return next((id_ for id_, one in voices.items() if like.respondent and one.respondent == like.respondent), None)


def list_same_person(voices: Mapping[str, Voice], like: Voice) -> list[str]:
    """Return the voices of the same role, name and organisation; beside a name, an organisation may be left out."""
    return [id_ for id_, known in voices.items() if _is_same_person(known, like)]


def list_maybe_same_person(voices: Mapping[str, Voice], like: Voice) -> list[str]:
    """Return the voices of whom only somebody who knows them can tell whether they are this person."""
    return [id_ for id_, known in voices.items() if not is_marked_apart(known, like) and _may_be_same(known, like)]


def is_marked_apart(one: Voice, other: Voice) -> bool:
    """Whether the form gave the two different marks: two people, or one who answered in two browsers."""
    return bool(one.respondent and other.respondent and one.respondent != other.respondent)


def is_same_role(one: Voice, other: Voice) -> bool:
    """Whether two voices name one role."""
    return fold_words(one.role) == fold_words(other.role)


def _is_same_person(one: Voice, other: Voice) -> bool:
    if not is_same_role(one, other) or fold_words(one.name or "") != fold_words(other.name or ""):
        return False
    places = {fold_words(one.organisation or ""), fold_words(other.organisation or "")}
    return len(places) == 1 or (bool(one.name) and "" in places)


def _may_be_same(one: Voice, other: Voice) -> bool:
    if one.name and other.name:
        return fold_words(one.name) == fold_words(other.name)
    return is_same_role(one, other)
