"""What an engagement is: facts, voices, agreed answers, questions, consent and editions. No files, no Jupyter."""
