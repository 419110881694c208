"""The forms in JupyterLab: server, working copies, widget, and what form and kernel say to each other."""
