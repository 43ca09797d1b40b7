"""Copies Grafana's database while Grafana writes to it, and makes such a copy ready to be put back.

    grafana_backup.py backup  --database FILE --backups FOLDER --keep NUMBER
    grafana_backup.py restore --database FILE --backups FOLDER [--archive NAME]

An archive holds the database and, for people, each dashboard and the list of data sources as JSON without their secrets.
"restore" takes the newest archive, or the one named, and lays its database beside the other as FILE.restore; Grafana's pod
puts it in place before Grafana starts.
"""

import argparse
import contextlib
import datetime
import json
import os
import pathlib
import sqlite3
import sys
import tarfile
import tempfile

PREFIX = "grafana-"
SUFFIX = ".tar.gz"
# Everything that says where a data source is, and nothing that opens it.
SOURCE_COLUMNS = ("uid", "name", "type", "access", "url", "database", "is_default", "json_data")


def archives(folder):
    """Complete archives, oldest first: their names sort by time."""
    return sorted(folder.glob(PREFIX + "*" + SUFFIX))


def copy(database, target):
    """A consistent copy by SQLite's online backup; readers and writers go on."""
    with contextlib.closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)) as source:
        with contextlib.closing(sqlite3.connect(target)) as destination:
            source.backup(destination)
    check(target)


def check(database):
    with contextlib.closing(sqlite3.connect(database)) as connection:
        answer = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if answer != "ok":
        sys.exit(f"{database}: the database is damaged: {answer}; take another archive")


def rows(connection, table, columns, condition=""):
    known = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
    wanted = [column for column in columns if column in known]
    if not wanted:
        return []
    names = ", ".join(f'"{column}"' for column in wanted)
    found = connection.execute(f'SELECT {names} FROM "{table}" {condition}')
    return [dict(zip(wanted, row)) for row in found]


def text(value):
    return value.decode("utf-8") if isinstance(value, bytes) else value


def export(database, folder):
    """Dashboards and data sources in a form that people can read and import one by one."""
    dashboards = folder / "dashboards"
    dashboards.mkdir()
    with contextlib.closing(sqlite3.connect(database)) as connection:
        found = rows(connection, "dashboard", ("uid", "data"), "WHERE is_folder = 0")
        # Where Grafana keeps dashboards as resources of its own API server.
        found += [
            {"uid": row["name"], "data": row["value"]}
            for row in rows(connection, "resource", ("name", "value"), "WHERE \"resource\" = 'dashboards'")
        ]
        sources = rows(connection, "data_source", SOURCE_COLUMNS)
    for dashboard in found:
        path = dashboards / (pathlib.PurePath(dashboard["uid"]).name + ".json")
        path.write_text(json.dumps(json.loads(text(dashboard["data"])), indent=2, sort_keys=True), "utf-8")
    readable = [{column: text(value) for column, value in source.items()} for source in sources]
    (folder / "datasources.json").write_text(json.dumps(readable, indent=2), "utf-8")


def backup(database, backups, keep):
    now = datetime.datetime.now(datetime.timezone.utc)
    archive = backups / (PREFIX + now.strftime("%Y%m%dT%H%M%S%fZ") + SUFFIX)
    partial = archive.with_suffix(".partial")
    with tempfile.TemporaryDirectory() as work:
        folder = pathlib.Path(work)
        copy(database, folder / "grafana.db")
        export(folder / "grafana.db", folder)
        with tarfile.open(partial, "w:gz") as tar:
            for entry in sorted(folder.iterdir()):
                tar.add(entry, entry.name)
    os.replace(partial, archive)
    for old in archives(backups)[:-keep]:
        old.unlink()
        print(f"removed {old.name}")
    print(f"wrote {archive.name}, {archive.stat().st_size} bytes")


def restore(database, backups, name):
    if name:
        archive = backups / pathlib.PurePath(name).name
        if not archive.is_file():
            sys.exit(f"{name}: no such archive; take one of: {', '.join(found.name for found in archives(backups))}")
    elif archives(backups):
        archive = archives(backups)[-1]
    else:
        sys.exit(f"{backups}: holds no archive; run a backup first")
    partial = database.with_suffix(".partial")
    with tarfile.open(archive, "r:gz") as tar:
        partial.write_bytes(tar.extractfile("grafana.db").read())
    check(partial)
    os.replace(partial, database.with_name(database.name + ".restore"))
    print(f"{archive.name} is ready; delete Grafana's pod to put it in place")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=("backup", "restore"))
    parser.add_argument("--database", type=pathlib.Path, required=True)
    parser.add_argument("--backups", type=pathlib.Path, required=True)
    parser.add_argument("--keep", type=int, default=14)
    parser.add_argument("--archive", default=os.environ.get("ARCHIVE", ""))
    options = parser.parse_args()
    if options.action == "backup":
        backup(options.database, options.backups, options.keep)
    else:
        restore(options.database, options.backups, options.archive)


if __name__ == "__main__":
    main()
