"""The ways in which a notebook is run for a page: a task in, the executed notebook out, or why there is none."""
