"""Answers into files: one entry of a YAML file at a time, and nothing anybody else wrote is lost."""
