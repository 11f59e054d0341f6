"""Weights, estimates, their errors and how they move together."""
