"""The tables book: each indicator against each breakdown, as those who commission a survey know it."""
