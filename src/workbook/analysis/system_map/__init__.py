"""Chapter 09: factors and links, their tables, and the loops they make."""
