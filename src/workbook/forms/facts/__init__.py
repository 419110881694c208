"""The facts of a commission, asked for in a form and kept in engagement.yaml, one answer at a time."""
