"""Compares two histories, every table but what an import's moment tells; ends with 1 where they differ."""

import sqlite3
import sys

a, b = (sqlite3.connect(path) for path in sys.argv[1:3])
skip = {"imported_at"} | ({"path", "fingerprint", "bytes"} if "--without-source" in sys.argv else set())
tables = [row[0] for row in a.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
differ = False
for table in tables:
    names = [row[1] for row in a.execute(f"PRAGMA table_info({table})") if row[1] not in skip]
    if "--without-source" in sys.argv and table == "finding":
        names.remove("place")
    query = f"SELECT {', '.join(names)} FROM {table} ORDER BY rowid" if table != "grdb_migrations" else None
    if not query:
        continue
    one, other = a.execute(query).fetchall(), b.execute(query).fetchall()
    same = one == other
    differ |= not same
    print(f"{table:<14} {len(one):>8,} rows {'identical' if same else 'DIFFERENT'}")
    if not same:
        print(f"  {len(other):,} rows in the other")
        for x, y in list(zip(one, other)):
            if x != y:
                print("  ", str(x)[:300], "\n  ", str(y)[:300])
                break
if differ:
    sys.exit(1)
