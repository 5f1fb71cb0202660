"""Page to article: what is kept, what is dropped and why, and the way back to the page.

text, record ──flatten──▶ lines ──▶ paragraphs ──judge──▶ kept, dropped ──assemble──▶ Article
HTML ──flatten──▶ lines ──────────── align ◀── trafilatura ──┘
"""

from __future__ import annotations

from depesche.clean.article import clean, flatten
from depesche.clean.told import lines_of, told_facts

__all__ = ["clean", "flatten", "lines_of", "told_facts"]
