"""The discovery agenda: what every chapter leaves open, in order, and what to ask aloud.

It stands above the chapters; the points they make for it are in `agenda_points`, below them.
"""
