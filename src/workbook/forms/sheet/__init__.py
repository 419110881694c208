"""A chapter's questions as one accessible sheet, and the renderer (`static/`) that draws it for every host."""
