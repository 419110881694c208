"""What every topic's views share: blocks of a page, how voices are shown, names and phrases. Knows no topic."""
