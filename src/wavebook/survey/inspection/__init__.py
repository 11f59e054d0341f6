"""A new file compared with the declarations, and proposals for declaring it."""
