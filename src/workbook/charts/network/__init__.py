"""The drawn map: where factors stand, how links run between them, and the drawing."""
