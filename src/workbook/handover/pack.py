"""One folder with what one sends: the chosen formats of one edition, what each file is, and a covering note.

Files are taken from `outputs/SLUG` by the names the other commands give them. A file of another edition, above all of
the private one, is never taken; and one made from an earlier state of the answers is refused by name.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook import storage
from workbook.errors import WorkbookError
from workbook.export.system_map import ENDINGS as ENDINGS_OF_MAPS
from workbook.export.system_map import make_map
from workbook.model.choices import Edition
from workbook.model.engagement import Engagement
from workbook.model.wordings import Wording, load_wording

LONG_AGO = (1980, 1, 1, 0, 0, 0)
TABLES = "csv"  # the folder of the tables as text
FORMS = ("questionnaire", "xlsform")  # they ask, and were made of no answers
ENDINGS = frozenset({".html", ".docx", ".pdf", ".xlsx", ".json", ".graphml"})


@dataclass(frozen=True)
class Packed:
    """Where the pack lies, as a folder and as one file, and which files are in it."""

    folder: Path
    archive: Path
    files: tuple[str, ...]


def pack(slug: str, *, edition: Edition, whom: str = "") -> Packed:
    """Put what was made of an engagement in one edition into a folder and a zip, with a manifest and a note.

    `whom` is whom to ask for another format. Raises WorkbookError where nothing was made yet, or where the answers
    changed since.
    """
    engagement = storage.load_engagement(slug, edition)
    outputs = storage.find_outputs(slug)
    found = _find_files(outputs, edition)
    if not found:
        again = f"workbook batch {slug} --edition {edition}"
        raise WorkbookError(f"Nothing was made of {slug} in the {edition} edition yet. Type: {again}")
    _refuse_old(found, engagement.model_copy(update={"draft": False}))
    _refuse_draft(engagement)
    files = {_name(path, outputs, edition): path.read_bytes() for path in found}
    files |= {"manifest.json": _write_manifest(engagement, files)}
    files |= {"READ-ME-FIRST.txt": _write_note(engagement, files, whom)}
    with storage.put_made(outputs / f"pack.{edition}") as folder:
        shutil.rmtree(folder, ignore_errors=True)
        storage.make_folder(folder)
        for name, content in files.items():
            (folder / name).parent.mkdir(exist_ok=True)
            storage.write_bytes(folder / name, content)
    _note_files(slug, engagement, tuple(sorted(path.name for path in found)))
    archive = storage.write_bytes(outputs / f"{slug}.{edition}.zip", _zip(slug, edition, files))
    return Packed(folder, archive, tuple(sorted(files)))


def _refuse_draft(engagement: Engagement) -> None:
    """Raise WorkbookError where this is not what was recorded as going out."""
    if engagement.draft:
        words = load_wording("handover")
        raise WorkbookError(words.get_word("draft").format(slug=engagement.slug, edition=engagement.edition))


def _note_files(slug: str, engagement: Engagement, files: tuple[str, ...]) -> None:
    """Write into the record which files were packed of what went out."""
    if engagement.edition is not Edition.PRIVATE:
        folder = storage.find_engagement(slug)
        before = storage.read_releases(folder)
        after = before.note_files(engagement.edition, engagement.fingerprint, files)
        if after != before:
            storage.write_releases(folder, after)


def _find_files(outputs: Path, edition: Edition) -> list[Path]:
    files = sorted(path for path in outputs.glob("*") if path.is_file() and path.suffix in ENDINGS)
    files = [path for path in files if path.stem not in FORMS]
    tables = sorted(outputs.glob(f"{_name_tables(edition)}/*.csv"))
    return [*(path for path in files if _read_edition(path) is edition), *tables]


def _name_tables(edition: Edition) -> str:
    return TABLES if edition is Edition.PRIVATE else f"{TABLES}.{edition}"


def _name(path: Path, outputs: Path, edition: Edition) -> str:
    """Return a file's name in the pack: tables stay in a folder of their own, and no name says the edition again."""
    return f"{TABLES}/{path.name}" if path.parent != outputs else _drop_edition(path.name, edition)


def _read_edition(path: Path) -> Edition:
    """Return whom a file is for, by its name; a file whose name does not say so is for nobody but the commissioner."""
    parts = path.name.split(".")[1:-1]
    return next((edition for edition in Edition if edition.value in parts), Edition.PRIVATE)


def _drop_edition(name: str, edition: Edition) -> str:
    return name.replace(f".{edition}.", ".", 1)


def _refuse_old(files: list[Path], engagement: Engagement) -> None:
    """Raise WorkbookError where a file was made from other answers than the engagement holds now."""
    old = [path.name for path in files if not _is_of(path, engagement)]
    if old:
        words, edition = load_wording("handover"), engagement.edition
        name = "old" if edition is Edition.PRIVATE else "old_or_draft"
        raise WorkbookError(words.get_word(name).format(files=", ".join(old), slug=engagement.slug, edition=edition))


def _is_of(path: Path, engagement: Engagement) -> bool:
    """Whether a file was made from these answers: it says so, or is what would be made now; a PDF follows its page."""
    if path.name.startswith("map."):
        wanted = next(one for one, ending in ENDINGS_OF_MAPS.items() if path.name.endswith(f".{ending}"))
        return path.read_bytes() == make_map(engagement, wanted)
    if path.suffix == ".csv":  # the cover of the tables says what they were made of
        return engagement.fingerprint.encode() in (path.parent / "cover.csv").read_bytes()
    if path.suffix == ".pdf":
        page = path.with_suffix(".html")
        return page.is_file() and page.stat().st_mtime_ns <= path.stat().st_mtime_ns and _is_of(page, engagement)
    mark, raw = engagement.fingerprint.encode(), path.read_bytes()
    if not zipfile.is_zipfile(path):
        return mark in raw
    with zipfile.ZipFile(path) as packed:
        return any(mark in packed.read(name) for name in packed.namelist())


def _write_manifest(engagement: Engagement, files: Mapping[str, bytes]) -> bytes:
    words = load_wording("handover")
    listed = [
        {"file": name, "what": _say_what(words, name), "bytes": len(raw), "sha256": hashlib.sha256(raw).hexdigest()}
        for name, raw in sorted(files.items())
    ]
    manifest = {
        "title": engagement.facts.title,
        "edition": engagement.edition.value,
        "input": engagement.fingerprint,
        "files": listed,
    }
    return (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()


def _say_what(words: Wording, name: str) -> str:
    report, _, ending = name.partition(".")
    kinds: Mapping[str, str] = words.words["endings"]
    reports: Mapping[str, str] = words.words["reports"]
    return words.get_word("file").format(report=reports.get(report, report), ending=kinds.get(ending, ending))


def _write_note(engagement: Engagement, files: Mapping[str, bytes], whom: str) -> bytes:
    words = load_wording("handover")
    return ("\n\n".join(_list_paragraphs(engagement, files, whom, words)) + "\n").encode()


def _list_paragraphs(engagement: Engagement, files: Mapping[str, bytes], whom: str, words: Wording) -> Iterator[str]:
    yield words.get_word("title").format(title=engagement.facts.title)
    yield load_wording("export").get_word(f"editions.{engagement.edition}")
    yield "\n".join([words.get_word("holds"), *(f"- {name}: {_say_what(words, name)}" for name in sorted(files))])
    yield words.get_word("ask").format(whom=whom or engagement.facts.commissioner)
    yield words.get_word("made").format(fingerprint=engagement.fingerprint)


def _zip(slug: str, edition: Edition, files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(f"{slug}-{edition}/{name}", LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return stream.getvalue()
