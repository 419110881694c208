"""Ways in: the same questions as a workbook for a facilitator, as an XLSForm, or as any survey tool's columns.

Each answer has a flat address and each address a name. `addresses` names them, `assemble` makes a voice's fields of
what stands at them; a way in is then only a file with those names, written or read. What is wrong with an answer is
said by the same checks as for a file that the questionnaire saved.
"""
