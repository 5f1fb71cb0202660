"""Loads and checks the data files."""
