"""Numbers, names and phrases as readers of each language see them."""
