"""Notebooks run by papermill in warm processes, and kept under a hash of all they depend on."""
