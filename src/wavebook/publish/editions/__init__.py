"""Many editions of one book, side by side, on one machine or several."""
