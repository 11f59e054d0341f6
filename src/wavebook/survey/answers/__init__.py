"""Answers compared with their declarations: checks, recoding, questions from wave to wave."""
