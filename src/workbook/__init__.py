"""Soil & Seeds: a workbook for people who commission learning."""
