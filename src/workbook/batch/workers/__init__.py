"""The processes that make pages, and the batch's view of them."""
