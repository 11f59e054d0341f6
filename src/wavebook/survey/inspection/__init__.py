"""A new file beside what is declared, and proposals for its declarations."""
