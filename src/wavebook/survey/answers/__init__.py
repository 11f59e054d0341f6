"""Answers against their declarations: checks, recoding, questions from wave to wave."""
