"""Builds, previews, reviews, archives and editions of a book."""
