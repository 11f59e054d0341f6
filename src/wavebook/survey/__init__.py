"""From respondents' answers to a table of figures: read, check, weigh, estimate, protect."""
