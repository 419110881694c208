"""Data out: questions, answers and readings as one edition may show them, as a spreadsheet, as CSV and as JSON."""
