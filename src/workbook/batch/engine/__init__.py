"""papermill's engine in the process itself: a notebook is run where no kernel, port or message is needed."""
