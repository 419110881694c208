"""Pages of `docs/` that are made from `content/`: the judgements behind the readings, and the glossary."""

from __future__ import annotations

from itertools import groupby

from workbook.analysis.assumptions import Assumption, list_assumptions
from workbook.model.wordings import Setting, load_wording
from workbook.theme import format_number

__all__ = ["list_assumptions", "write_assumptions", "write_glossary", "write_value"]

HEAD = """# Assumptions

Every number below is a judgement that a reading hangs on. It stands in a file under `src/workbook/content/`, where
anyone may change it. This page is made from those files: type `make docs` after a change.
"""

GLOSSARY_HEAD = """# Glossary

One word for one idea, in the files, the pages and the code. Made from `src/workbook/content/glossary.yaml`: type
`make docs` after a change.
"""


def write_assumptions() -> str:
    """Return `docs/assumptions.md` as it should stand now."""
    parts = [HEAD]
    for (file, title), group in groupby(list_assumptions(), key=lambda one: (one.file, one.title)):
        rows = "\n".join(_write_row(one) for one in group)
        parts.append(
            f"## {title} (`{file}`)\n\n| setting | set to | what it decides | source |\n|---|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def write_glossary() -> str:
    """Return `docs/glossary.md` as it should stand now."""
    words = load_wording("glossary").words
    rows = "\n".join(f"| {term} | {words[term]} |" for term in sorted(words, key=str.lower))
    return f"{GLOSSARY_HEAD}\n| term | what it means here |\n|---|---|\n{rows}\n"


def write_value(setting: Setting) -> str:
    """The value of a setting in digits."""
    values = setting.value if isinstance(setting.value, tuple) else (setting.value,)
    return ", ".join(format_number(value, 4) for value in values)


def _write_row(one: Assumption) -> str:
    cells = (f"`{one.name}`", write_value(one.setting), one.setting.meaning, one.setting.source)
    return "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ").strip() for cell in cells) + " |"
