"""Chapter 11: what the invitation says, and how ready each of its parts is."""
