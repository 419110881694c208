"""Executed notebook in, one page to share out."""
