"""What is kept beside a page about how it was made, so that it is not made again for nothing; it holds no answer."""
