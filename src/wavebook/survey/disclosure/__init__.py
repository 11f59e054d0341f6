"""Protection of respondents: what may be shown, what follows from what is shown, and what to hide."""
