"""Data in, from elsewhere: an export, a published tender, grants, a map. Each becomes the workbook's files."""
