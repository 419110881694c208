"""How much room what people typed is given where there is little: on the first screen and the first sheet."""

from __future__ import annotations

from workbook.markup import split_lines
from workbook.model.wordings import load_wording


def shorten(text: str, room: str) -> str:
    """Return text on one line, cut after a whole word where it is longer than the room of that name, with an ellipsis.

    The rooms are the settings of `content/summary.yaml`, in characters.
    """
    most = int(load_wording("summary").get_number(room))
    line = " ".join(" ".join(split_lines(text)).split())
    if len(line) <= most:
        return line
    kept = line[:most]
    return f"{(kept.rpartition(' ')[0] or kept).rstrip(' ,.;:')}…"


def is_cut(text: str, room: str) -> bool:
    """Whether `shorten` leaves something out."""
    return shorten(text, room).endswith("…") and not text.rstrip().endswith("…")
