"""A language made by program: every text of `content/` between two marks, so that what is not in it can be seen."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from workbook.content import find_content_folder, is_fixed, list_content, read_original

OPEN, CLOSE = "⟦", "⟧"


def make_language(folder: Path, name: str = "qqq") -> Path:
    """Copy `content/` into a folder, with a language of this name inside; return the copy."""
    copy = folder / "content"
    shutil.copytree(find_content_folder(), copy)
    (copy / name).mkdir()
    for one in list_content():
        words = _mark(read_original(one))
        (copy / name / f"{one}.yaml").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
    return copy


def find_foreign(text: str) -> list[str]:
    """Return the words of a text that stand between no marks."""
    inner = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
    while found := inner.search(text):
        text = f"{text[: found.start()]} {text[found.end() :]}"
    return re.findall(r"[^\W\d_]{3,}", text)


def _mark(value: Any, key: str = "") -> Any:
    if is_fixed(key, value):
        return value
    if isinstance(value, dict):
        return {name: _mark(one, name) for name, one in value.items()}
    if isinstance(value, list):
        return [_mark(one) for one in value]
    return f"{OPEN}{value}{CLOSE}" if isinstance(value, str) and value else value
