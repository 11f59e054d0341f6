"""What lies on level rows: bars, dots and divided bars, with their names and their axis."""
