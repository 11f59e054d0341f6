"""The parts of a page: roles, directives, tables, panels, and the checks of a page's words."""
