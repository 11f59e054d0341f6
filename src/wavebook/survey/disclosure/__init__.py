"""Protection of respondents: rules on figures that may be shown, attacks on hidden ones, and the choice of these."""
