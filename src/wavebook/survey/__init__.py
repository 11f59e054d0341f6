"""From respondents' answers to a table of figures: read, check, weight, estimate, protect."""
