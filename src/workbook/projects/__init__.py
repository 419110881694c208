"""Projects: made anywhere from what ships, brought forward, and engagements renamed, put away or deleted in them."""
