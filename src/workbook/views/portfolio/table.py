"""The portfolio as a table for analysts: a pandas DataFrame, or a CSV file that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook.analysis.portfolio import STATES, PortfolioEntry, PortfolioReading
from workbook.markup import clean_text

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = (
    "engagement", "title", "commissioner", "kind", "currency", "budget", "vat", "use_share", "near_low", "near_high",
    "seed", "soil", "pattern", "ready", "thin", "missing", "voices",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def make_frame(reading: PortfolioReading) -> pd.DataFrame:
    """Return a row for each commission, of its last round here; shares 0 to 1, seed and soil in words.

    What is not known is missing.
    """
    import pandas as pd

    return pd.DataFrame([_make_row(entry) for entry in reading.entries], columns=list(COLUMNS))


def write_csv(reading: PortfolioReading, path: str | Path) -> Path:
    """Write the same rows as a CSV file; text that a spreadsheet would take for a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows({key: _make_safe(value) for key, value in _make_row(entry).items()} for entry in reading.entries)
    target = Path(path)
    # The mark at the start tells Excel that the file is UTF-8.
    target.write_text(text.getvalue(), encoding="utf-8-sig", newline="")
    return target


def _make_row(entry: PortfolioEntry) -> dict[str, Any]:
    low, high = entry.near or (None, None)
    facts = entry.facts
    states: dict[str, int] = {state: entry.count_parts(state) for state in STATES}
    return {
        "engagement": entry.slug,
        "title": facts.title,
        "commissioner": facts.commissioner,
        "kind": facts.kind,
        "currency": facts.currency,
        "budget": entry.budget,
        "vat": facts.vat,
        "use_share": entry.use_share,
        "near_low": low,
        "near_high": high,
        "seed": entry.said.seed or None,
        "soil": entry.said.soil or None,
        "pattern": entry.pattern,
        **states,
        "voices": entry.heard,
    }


def _make_safe(value: Any) -> Any:
    """Keep numbers as they are, and text from being run: a cell that begins as a formula does gets an apostrophe."""
    if not isinstance(value, str):
        return round(value, 4) if isinstance(value, float) else value
    text = clean_text(value).strip()
    return f"'{text}" if text.startswith(_FORMULA) else text
