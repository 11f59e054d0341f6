"""Weights, estimates, their errors and their correlations."""
