"""The five seed pages settled: what a page of unknown day learns from the others."""

from __future__ import annotations

from datetime import date

import pytest

from depesche.gather import gather
from depesche.ingest import read_folder
from depesche.model.facts import Facts
from depesche.model.reading import Reading
from depesche.settle import settle
