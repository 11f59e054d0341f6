"""The Sphinx extensions that make a site of the pages."""
