"""Forms: questions of a chapter -> one accessible sheet, in a notebook or in a file of its own."""
