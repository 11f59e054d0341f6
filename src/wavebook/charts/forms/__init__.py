"""The forms of charts, a module each: what it says, and how it is drawn."""
