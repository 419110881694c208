"""Facts taken from elsewhere, each guess marked, written as an engagement's file that explains itself."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

from workbook import storage
from workbook.markup import clean_text
from workbook.model.base import LONGEST_TEXT
from workbook.model.wordings import load_wording
from workbook.yaml_writer import write_entry

WIDTH = 110


@dataclass(frozen=True)
class Taken:
    """One fact: its key and value, and why it is only a guess. `behind` puts it behind a #, as words to start from."""

    key: str
    value: Any
    guess: str = ""
    behind: bool = False


@dataclass(frozen=True)
class Made:
    """The file that was made, how many of its lines are guesses, and how many facts it lists as not stated."""

    path: Path
    guesses: int = 0
    open: int = 0

    def say(self, path: str) -> str:
        """Say what was made, by a path as one types it."""
        template = load_wording("intake").get_word("made" if self.open else "made_plain")
        return template.format(path=path, guesses=self.guesses, open=self.open)


def word_guess(name: str, **words: object) -> str:
    """Return why a fact is a guess."""
    return load_wording("intake").get_word(f"guesses.{name}").format(**words)


def create_from_facts(slug: str, taken: Sequence[Taken], *, head: str) -> Made:
    """Make an engagement of facts; raises InputError where they would not be read back."""
    text = head + "\n" + "\n".join(line for one in taken for line in _write(one)) + "\n"
    folder = storage.create_from_files(slug, {storage.FACTS_FILE: text})
    open_ = next((len(one.value) for one in taken if one.key == "not_stated"), 0)
    return Made(folder / storage.FACTS_FILE, sum(bool(one.guess) for one in taken), open_)


def _write(one: Taken) -> Iterable[str]:
    if one.behind:
        yield from (f"# {line}" for line in textwrap.wrap(one.guess, WIDTH))
        yield from (f"#   {line}" for line in textwrap.wrap(str(one.value), WIDTH))
        return
    if one.guess:
        yield from textwrap.wrap(
            f"{load_wording('intake').get_word('guess')}: {one.guess}",
            WIDTH,
            initial_indent="# ",
            subsequent_indent="#   ",
        )
    yield from write_entry(one.key, one.value)


def read_text(value: Any, longest: int = LONGEST_TEXT) -> str:
    """Return text on one line, or nothing where there is none."""
    if not isinstance(value, str):
        return ""
    # Contracts Finder publishes some titles with signs written as in HTML, such as &apos;.
    text = " ".join(clean_text(unescape(value)).split())
    seen = text if any(sign.isprintable() and sign != " " for sign in text) else ""
    return seen if len(seen) <= longest else f"{seen[: longest - 1]}…"
