"""A new book: files drafted from answers, or from made-up ones, that build at once."""
