"""What every drawing is made of: scale, axis, frame, marks, text, key and legend. Knows no figure."""
