"""The questions people ask of a store, as typed functions over a view of it."""
