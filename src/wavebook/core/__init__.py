"""Foundations for every room: problems, files, texts, units, processes; nothing about surveys."""
