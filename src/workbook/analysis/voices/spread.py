"""How far the answers of several voices lie apart, whatever they are counted in."""

from __future__ import annotations

from dataclasses import dataclass

from workbook.model.answers import Response


@dataclass(frozen=True)
class Spread:
    """Known answers to one question in order of size, in steps or in the question's own unit."""

    question: str
    responses: tuple[Response, ...]

    @property
    def low(self) -> float | None:
        """The lowest answer."""
        return self.responses[0].value if self.responses else None

    @property
    def high(self) -> float | None:
        """The highest answer."""
        return self.responses[-1].value if self.responses else None

    @property
    def gap(self) -> float:
        """How far the lowest and the highest answer lie apart."""
        return self.responses[-1].value - self.responses[0].value if self.responses else 0
