"""The forms of charts, a module each: the chart's words, and its drawing."""
