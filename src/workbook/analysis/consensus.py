"""Agreement between voices, under the name by which others call it; `voices/consensus.py` works it out."""

from workbook.analysis.voices.consensus import agreement, concordance, consensus

__all__ = ["agreement", "concordance", "consensus"]
