"""What ties one round of a commission to the next in its files: targets, promises, what was spent."""

from workbook.model.rounds.keys import A_CATEGORY, A_DAY, Promise, Spent, Target, is_left_out

__all__ = ["A_CATEGORY", "A_DAY", "Promise", "Spent", "Target", "is_left_out"]
