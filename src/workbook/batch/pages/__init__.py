"""One page from its task to its two files, inside a worker."""
