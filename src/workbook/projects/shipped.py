"""What a project is made of: the files that ship, by the name they have in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from workbook.content import read_shipped_words
from workbook.places import SHIPPED, find_shipped

FOR_DEVELOPERS = ("add-a-chapter.md", "walk.md")  # documents about the source, which a project does not have


def list_shipped(*, bare: bool = False, content: bool = False) -> dict[str, str]:
    """Return the text of every file of a new project by its name in it, such as `notebooks/01_framing.ipynb`.

    `bare` leaves the shipped engagements out; `content` adds the words, to be changed.
    """
    root = find_shipped()
    files = {str(path.relative_to(root).as_posix()): _read(path) for path in _list_paths(root, bare=bare)}
    words = read_shipped_words()
    files |= {f"content/{name}": text for name, text in words.items()} if content else {}
    return files | {"README.md": _read_template("README.md"), ".gitignore": _read_template("gitignore")}


def hash_text(text: str) -> str:
    """Return a name for a text; how its lines end, which git and editors on Windows change, does not count."""
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()[:16]


def _list_paths(root: Path, *, bare: bool) -> Iterator[Path]:
    yield from sorted((root / "notebooks").glob("*.ipynb"))
    yield from sorted(path for path in (root / "docs").rglob("*.md") if path.name not in FOR_DEVELOPERS)
    yield from (root / "outputs" / "README.md", root / "parameters" / "README.md")
    for slug in () if bare else SHIPPED:
        folder = root / "parameters" / slug
        yield from sorted([*folder.glob("*.yaml"), *folder.glob("voices/*.yaml")])


def _read_template(name: str) -> str:
    return _read(Path(__file__).with_name("templates") / name)


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
