"""What the answers say: an engagement in, a frozen result out. No files, no HTML, no Jupyter."""
