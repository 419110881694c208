"""What several voices say of one question: scales, grids, agreement, and from how many. Knows no chapter."""
