"""Maps: shapes, their projection and simplification, and what is drawn of them."""
