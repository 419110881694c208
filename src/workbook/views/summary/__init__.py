"""The summary: one page of what to do and why, and at most three of what it rests on.

Named here is what its notebook calls.
"""
