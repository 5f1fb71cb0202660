"""Pages and an API over a store: `depesche serve`.

    site.py      the store that is served: views of it, and what is kept in memory while it stays as it is
    guards.py    who may ask: host names, tokens, forms of our own pages; the headers of every answer
    request.py   what was asked: filters, cursors, language; ETags
    tongue.py    German and English: words, days, countries
    pictures/    Vega-Lite specifications, drawn as SVG on the server
    pages/       a handler for each kind of page, over templates/
    api/         the same answers as JSON, described by OpenAPI
    problems.py  errors as pages and as problem details
    app.py       puts these together

Pages and API ask `answers`; nothing is computed in a template.
"""
