"""A result in; a figure, a table or a sentence out. One file per topic, and no raw answers."""
