"""Lines through the waves: what is drawn where, the axis of time, and labels beside lines."""
