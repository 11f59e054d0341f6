"""The editor's desk: what a new wave asks of each sentence, and the changes that editors make there."""
