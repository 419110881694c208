"""Notebooks × engagements: plan the jobs, run them in processes of their own, report what came of each."""
