"""The form for others: one offline file out, the files that come back in."""
