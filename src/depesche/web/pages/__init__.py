"""A handler for each kind of page: it asks `answers`, and hands what they say to a template."""
