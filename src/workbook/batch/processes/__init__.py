"""Processes: the environment they run in, the temporary folders they hold, how they are ended."""
