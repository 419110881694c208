"""Words: one YAML file per chapter, read as they stand on disk.

A project's own `content/` is read instead, where it has one (`workbook init --content`), and before that the folder
that `WORKBOOK_CONTENT` names.
`WORKBOOK_LANGUAGE` names a folder inside it, such as `cy`: what stands there takes the place of the English,
and what does not stays English. `list_untranslated` says what that is.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from workbook.errors import ContentError
from workbook.places import find_cache_folder, find_own_content
from workbook.yaml_quick import QuickReading

CHOSEN = "WORKBOOK_CONTENT"
_SHIPPED = Path(__file__).parent

# What a translation may not change: these tie words to answers and to the program.
FIXED = frozenset(
    {"id", "kind", "number", "not_for", "options_from", "rows_from", "steps_from", "maximum_from", "needs"}
) | {*("sources", "weight", "value", "same_as", "chosen_by")}

# What the template for a new engagement must name, and how its further lines are kept out until somebody wants them.
NAMED_FIRST = ("title", "commissioner")
BEHIND_A_SIGN = re.compile(r"^# (?=[a-z_]+:(?: |$)|  )", re.MULTILINE)

ENGLISH = "en-GB"


def find_content_folder() -> Path:
    """Return the folder the words are read from."""
    chosen = os.environ.get(CHOSEN)
    return Path(chosen) if chosen else find_own_content() or _SHIPPED


def reads_own_words() -> bool:
    """Whether the words are somebody's own, and not those that ship."""
    return find_content_folder() != _SHIPPED


def choose_content() -> None:
    """Have every process that this one starts, wherever it runs, read the words that are read here."""
    os.environ[CHOSEN] = str(find_content_folder().resolve())


def read_shipped_words() -> dict[str, str]:
    """Return the text of every content file that ships, by its name, whatever words are read now."""
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(Path(__file__).parent.glob("*.yaml"))}


def find_language() -> str:
    """Return the language asked for, or nothing for English."""
    return os.environ.get("WORKBOOK_LANGUAGE", "").strip().lower()


def name_language() -> str:
    """Return the name of the language that is written, as browsers and screen readers know it."""
    return find_language() or ENGLISH


def name_content() -> str:
    """Name what is read now, so that whoever keeps words in memory keeps them apart."""
    return f"{os.environ.get(CHOSEN) or find_content_folder()}|{find_language()}"  # asked for at every word


def list_content() -> tuple[str, ...]:
    """Return the names of all content files, in order, without their ending."""
    return tuple(sorted(path.stem for path in find_content_folder().glob("*.yaml")))


def list_chapter_names() -> tuple[str, ...]:
    """Return the names of the content files that are chapters, those with a `number`, in the order of it."""
    return _list_chapter_names(name_content())


@cache
def _list_chapter_names(_content: str) -> tuple[str, ...]:
    numbers = {name: _read(find_content_folder() / f"{name}.yaml").get("number") for name in list_content()}
    chapters = {name: number for name, number in numbers.items() if isinstance(number, int)}
    return tuple(sorted(chapters, key=lambda name: chapters[name]))


def read_content(name: str) -> dict[str, Any]:
    """Return one content file as plain mappings and lists; raises ContentError if it cannot be read."""
    folder, language = find_content_folder(), find_language()
    words = _read_own(_find_file(folder, name))
    translated = _find_translation(folder, language, name)
    return _translate(words, _read(translated)) if translated else words


def _read_own(path: Path) -> dict[str, Any]:
    """Return what a file holds; in words of one's own, names that nothing fills in stay as they were typed."""
    words = _read(path)
    if path.parent == _SHIPPED:
        return words
    from workbook.content.own_fields import keep_as_typed

    kept: dict[str, Any] = keep_as_typed(words)
    return kept


def list_own_strange_fields() -> Iterator[tuple[Path, tuple[str | int, ...], str, str]]:
    """Yield what in braces of one's own words nothing fills in: file, place, what stands there, what may be meant."""
    from workbook.content.own_fields import list_unknown_fields, say_nearest

    folder = find_content_folder()
    for name in list_content() if reads_own_words() else ():
        path = folder / f"{name}.yaml"
        yield from ((path, *found, say_nearest(found[1])) for found in list_unknown_fields(_read(path)))


def _find_file(folder: Path, name: str) -> Path:
    """Return a file of words; the one that ships where a folder of one's own is older than the file."""
    own, shipped = folder / f"{name}.yaml", Path(__file__).with_name(f"{name}.yaml")
    return shipped if shipped.is_file() and not own.is_file() else own


def read_original(name: str) -> dict[str, Any]:
    """Return one content file as it stands before any translation."""
    return _read(_find_file(find_content_folder(), name))


def read_template() -> str:
    """Return the text of a new engagement's file, with SLUG where its name goes."""
    return (Path(__file__).parent / "templates" / "engagement.yaml").read_text(encoding="utf-8")


@cache
def read_examples() -> dict[str, Any]:
    """Return the words the template gives by way of example: of the commission itself, and on the lines behind a #."""
    plain, whole = (
        _parse(text.encode(), "engagement.yaml") for text in (read_template(), BEHIND_A_SIGN.sub("", read_template()))
    )
    # A number or a currency may be anybody's.
    words = {key: one for key, one in whole.items() if not isinstance(one, int) and key != "currency"}
    kept = {key: one for key, one in words.items() if key in NAMED_FIRST or key not in plain}
    written: dict[str, Any] = json.loads(json.dumps(kept, default=str))
    return written


def list_untranslated(language: str) -> tuple[str, ...]:
    """Return the place of every text that a language does not translate, as `framing.yaml: why`."""
    folder = find_content_folder()
    missing = []
    for name in list_content():
        path = _find_translation(folder, language, name)
        missing += [
            f"{name}.yaml: {place}" for place in _compare(_read(folder / f"{name}.yaml"), _read(path) if path else {})
        ]
    return tuple(missing)


def _find_translation(folder: Path, language: str, name: str) -> Path | None:
    if not language:
        return None
    if not language.isalnum() or not (folder / language).is_dir():
        raise ContentError(
            f"There is no language {language!r}. Put translated files into {folder / language}, "
            "or unset WORKBOOK_LANGUAGE to read English."
        )
    path = folder / language / f"{name}.yaml"
    return path if path.is_file() else None


_FIELD = re.compile(r"\{(\w*)\}")


def find_strange_fields(text: str, translated: str) -> tuple[str, ...]:
    """Return the names in braces that a translation has and the text does not: nothing could fill them in."""
    known = set(_FIELD.findall(text))
    strange = [name for name in _FIELD.findall(translated) if name not in known]
    if known and not strange and _FIELD.sub("", translated).count("{") + _FIELD.sub("", translated).count("}"):
        strange = ["a brace without its other half"]
    return tuple(dict.fromkeys(strange))


def list_strange_fields(language: str) -> Iterator[tuple[Path, tuple[str, ...], str, str, tuple[str, ...]]]:
    """Yield each text of a language that names what nothing fills in: file, place, both texts, and the names."""
    folder = find_content_folder()
    for name in list_content():
        path = _find_translation(folder, language, name)
        for place, text, other in _pair(_read(folder / f"{name}.yaml"), _read(path), ()) if path else ():
            if strange := find_strange_fields(text, other):
                yield path, place, text, other, strange  # type: ignore[misc]  # there is a path where there are pairs


def is_fixed(name: str, words: Any) -> bool:
    """Whether a translation leaves this alone: it ties answers to words, and is no sentence for people."""
    return name in FIXED and not _holds_sentence(words)


def _holds_sentence(words: Any) -> bool:
    if isinstance(words, dict | list):
        return any(map(_holds_sentence, words.values() if isinstance(words, dict) else words))
    return isinstance(words, str) and " " in words


def _pair(words: Any, other: Any, place: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each text beside its translation, with its place in the translation's file."""
    if isinstance(words, dict) and isinstance(other, dict):
        for key, value in words.items():
            if not is_fixed(key, value):
                yield from _pair(value, other.get(key), (*place, key))
    elif isinstance(words, list) and isinstance(other, list):
        for index, value in enumerate(words):
            found = _find_item(value, index, other)
            at = other.index(found) if found in other else index
            yield from _pair(value, found, (*place, str(at)))
    elif isinstance(words, str) and isinstance(other, str):
        yield place, words, other


def _translate(words: Any, other: Any) -> Any:
    """Put the texts of a translation in the place of ours; lists go by id where there is one, else by order."""
    if isinstance(words, dict) and isinstance(other, dict):
        return {
            key: value if is_fixed(key, value) else _translate(value, other.get(key)) for key, value in words.items()
        }
    if isinstance(words, list) and isinstance(other, list):
        return [_translate(value, _find_item(value, index, other)) for index, value in enumerate(words)]
    usable = isinstance(words, str) and isinstance(other, str) and not find_strange_fields(words, other)
    return other if usable else words


def _compare(words: Any, other: Any, place: str = "") -> Iterator[str]:
    if isinstance(words, dict):
        for key, value in words.items():
            if not is_fixed(key, value):
                inner = other.get(key) if isinstance(other, dict) else None
                yield from _compare(value, inner, f"{place}.{key}".lstrip("."))
    elif isinstance(words, list):
        for index, value in enumerate(words):
            item = _find_item(value, index, other) if isinstance(other, list) else None
            name = value["id"] if isinstance(value, dict) and "id" in value else index + 1
            yield from _compare(value, item, f"{place}.{name}")
    elif isinstance(words, str) and not isinstance(other, str):
        yield place


def _find_item(value: Any, index: int, others: list[Any]) -> Any:
    if isinstance(value, dict) and "id" in value:
        return next((item for item in others if isinstance(item, dict) and item.get("id") == value["id"]), None)
    return others[index] if index < len(others) else None


@cache
def _read(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise ContentError(f"There is no content file {path.name}. Put one beside the others, or undo the rename.")
    raw = path.read_bytes()
    kept = _find_kept(raw)
    if kept and kept.is_file():
        with suppress(OSError, ValueError):
            words: dict[str, Any] = json.loads(kept.read_bytes())
            return words
    words = _parse(raw, path.name)
    if kept:
        _keep(kept, words)
    return words


def _find_kept(raw: bytes) -> Path | None:
    """Return where the words of a file are kept as JSON, which is read fifty times faster than YAML.

    The name is a hash of the file's bytes, so what is kept is never out of date. Without a home there is no keeping.
    """
    folder = find_cache_folder()
    return folder / f"{hashlib.sha256(raw).hexdigest()}.json" if folder else None


def _keep(path: Path, words: dict[str, Any]) -> None:
    temporary = path.with_name(f"{path.name}-{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        temporary.write_text(json.dumps(words), encoding="utf-8")
        temporary.replace(path)


def _say_unreadable(name: str, error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"{name} is not text saved as UTF-8. Save it again, choosing the encoding UTF-8."
    mark, problem = getattr(error, "problem_mark", None), getattr(error, "problem", None)
    line = f", line {mark.line + 1}" if mark else ""
    look = "Look at this line and the one before it: a quotation mark, a colon or the spaces in front."
    return f"{name}{line} cannot be read as YAML ({problem or error}). {look}"


def _parse(raw: bytes, name: str) -> dict[str, Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    quick = QuickReading(lambda _: False)
    try:
        text = raw.decode("utf-8")
        words = quick.data if quick.take(text) else YAML(typ="safe", pure=True).load(text)
    except (YAMLError, UnicodeDecodeError) as error:
        raise ContentError(_say_unreadable(name, error)) from error
    if not isinstance(words, dict):
        raise ContentError(f"{name} should be a mapping: lines such as `title: Framing`.")
    return words
