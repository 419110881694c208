"""Files and folders, whatever is in them: written whole or not at all, held while they are made, removed when left.

Nothing of the model is imported for it, as every command begins by removing what a killed one left.
"""
