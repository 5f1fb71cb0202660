"""The same pipeline over Daft: on the cores of one machine, or with Ray on many machines.

    sources ──▶ lake/pages ──read, a task a few pages──▶ lake/readings/…/day=… ──load──▶ store ──link──▶ store

    quiet.py    loads Daft and Ray with their telemetry off, and says on how many cores jobs run
    lake.py     the folder or bucket that holds pages and readings as Parquet
    reader.py   what a worker does with a page
    jobs.py     a segment of pages read as a job: tried again where it fails, divided where a page ends it
    load.py     the readings of the lake into the store
    build.py    what is new into the lake, the lake into the store, the pile linked

Needs the extra `engine`; nothing is imported of it before a build asks for it.
"""

from __future__ import annotations

from depesche.engine.build import build_on
from depesche.engine.lake import open_lake
from depesche.engine.quiet import Cores, daft_cores, ray_cores

__all__ = ["Cores", "build_on", "daft_cores", "open_lake", "ray_cores"]
