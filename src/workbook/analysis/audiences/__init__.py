"""Chapter 03: whose learning comes first, and how each audience is named."""
