"""Writes rows as the files that exports are: CSV, Parquet, JSON lines."""

import csv
import gzip
import io
import json
import os
import pathlib
import shutil
import subprocess
from decimal import Decimal


def text(value):
    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def columns_of(rows):
    names = {}
    for row in rows:
        names.update(dict.fromkeys(row))
    return list(names)


def write_csv(path, rows, columns=None, newline="\n", bom=False):
    """Compressed where the name ends in .gz, the same bytes each time."""
    columns = columns or columns_of(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", extrasaction="ignore", lineterminator=newline)
    writer.writeheader()
    writer.writerows({name: text(row.get(name)) for name in columns} for row in rows)
    data = (("\ufeff" if bom else "") + out.getvalue()).encode()
    pathlib.Path(path).write_bytes(gzip.compress(data, mtime=0) if str(path).endswith(".gz") else data)


def write_lines(path, rows):
    """As BigQuery exports: 64-bit integers and NUMERIC as text, what is null left out."""

    def plain(value):
        if isinstance(value, dict):
            return {key: plain(item) for key, item in value.items() if item is not None}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return text(value) if isinstance(value, (Decimal, int)) and not isinstance(value, bool) else value

    lines = (json.dumps(plain(row), separators=(",", ":")) + "\n" for row in rows)
    data = "".join(lines).encode()
    pathlib.Path(path).write_bytes(gzip.compress(data, mtime=0) if str(path).endswith(".gz") else data)


def write_parquet(path, select, **sources):
    """What a SELECT makes of CSV or JSON files that are written for it, each named in it as $name."""
    path = pathlib.Path(path)
    parts = {}
    for name, (rows, write, suffix) in sources.items():
        parts[name] = path.with_name(f".{path.name}.{name}{suffix}")
        write(parts[name], rows)
        select = select.replace(f"${name}", f"'{parts[name]}'")
    statement = f"set timezone = 'UTC'; copy ({select}) to '{path}' (format parquet, compression snappy);"
    subprocess.run([duckdb(), "-no-init", "-bail", "-c", statement], check=True, stdout=subprocess.DEVNULL)
    for part in parts.values():
        part.unlink()


def duckdb():
    found = os.environ.get("PLIMSOLL_DUCKDB") or shutil.which("duckdb")
    if found:
        return found
    import duckdb_cli  # The PyPI package has the program inside.

    return str(pathlib.Path(duckdb_cli.__file__).parent / "duckdb")
