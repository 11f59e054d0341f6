"""What a new wave changes: two waves side by side, for editors to judge."""
