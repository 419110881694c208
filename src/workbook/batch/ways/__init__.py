"""The ways in which a notebook is run for a page; each takes a task and gives the executed notebook or why there is none."""
