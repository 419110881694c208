"""The forms that data can take, apart from what makes them, so that the command can name them at once."""

from __future__ import annotations

from enum import StrEnum


class Format(StrEnum):
    """The forms of data there are."""

    XLSX = "xlsx"
    JSON = "json"
    CSV = "csv"


class MapFormat(StrEnum):
    """The forms a map can take."""

    XLSX = "xlsx"
    GRAPHML = "graphml"
    KUMU = "kumu"
