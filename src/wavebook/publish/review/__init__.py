"""The changes that a new wave brings: two waves side by side, for editors to judge."""
