"""What leaves the house: pages in further formats, and one folder with all that one sends."""
