"""Pictures of answers: Vega-Lite specifications, and the one place that draws them.

Colours are the names of the style sheet, so that pictures follow light and dark. What a picture tells stands beside it
as a table or list: the picture itself is hidden from screen readers.
"""
