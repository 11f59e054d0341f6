"""Charts and tables that an editor made with other programs, checked against the figures that they show."""
