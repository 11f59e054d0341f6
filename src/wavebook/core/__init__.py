"""What every room stands on: problems, files, texts, processes; knows nothing of surveys."""
