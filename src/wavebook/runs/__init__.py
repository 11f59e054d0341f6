"""Notebooks run by papermill, warm, and kept by what they were made from."""
