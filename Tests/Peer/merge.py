"""The tables that a set of changesets comes to, straight from the article MergeSemantics: slow, and in its words."""

import cbor
from wire import sha


def key_order(value):
    """Integers before texts before blobs; what lies between as `memcmp` has it."""
    if isinstance(value, int):
        return (0, value, b"")
    if isinstance(value, (str, cbor.Bytes)):
        return (1, 0, value.encode() if isinstance(value, str) else bytes(value))
    return (2, 0, bytes(value))


def literal(text):
    """The value of a literal, as the default of an added column is one."""
    if text is None or text.strip().upper() == "NULL":
        return None
    text = text.strip().strip("()").strip()
    if text.startswith("'"):
        return text[1:-1].replace("''", "'")
    if text[:2].upper() == "X'":
        return bytes.fromhex(text[2:-1])
    try:
        return int(text)
    except ValueError:
        return float(text)


class Table:
    def __init__(self, columns, key, references):
        self.columns, self.key, self.references = dict(columns), key, references


class Contexts:
    """Whole contexts of changesets, from the differences that headers carry."""

    def __init__(self, log):
        self.log, self.known = log, {}

    def of(self, dot):
        feed, seq = dot
        start = seq
        while start > 1 and (feed, start - 1) not in self.known:
            start -= 1
        for number in range(start, seq + 1):
            if (feed, number) not in self.known:
                before = self.known.get((feed, number - 1), {})
                advance = {other: entry[0] for other, entry in self.log[feed][number - 1].advance.items()}
                whole = {other: max(before.get(other, 0), advance.get(other, 0)) for other in (*before, *advance)}
                self.known[(feed, number)] = {**whole, feed: number - 1}
        return self.known[dot]

    def goes_back(self, dot):
        """Whether an entry is not above the context so far: then the changeset is ill-formed."""
        feed, seq = dot
        before = self.of((feed, seq - 1)) if seq > 1 else {}
        return any(entry[0] <= before.get(other, 0) for other, entry in self.log[feed][seq - 1].advance.items())


class Tables:
    """`log`: from feed to its changesets in order. Roster, schema and rows of those that count."""

    def __init__(self, log, alliance):
        self.log, self.contexts = log, Contexts(log)
        self.members, self.tables, self.rows = {}, {}, {}
        ready = [(feed, index + 1) for feed, changesets in log.items() for index in range(len(changesets))]
        for dot in self.in_order(ready):
            if self.contexts.goes_back(dot):
                continue
            changeset = log[dot[0]][dot[1] - 1]
            if dot[0][0] == "control":
                self.define(changeset, alliance)
            else:
                self.note(dot, changeset)

    def in_order(self, dots):
        """As contexts allow: of control first."""
        done, out, waiting = {}, [], sorted(dots, key=lambda dot: (dot[0][0] != "control", dot))
        while waiting:
            rest = []
            for dot in waiting:
                if all(done.get(feed, 0) >= seq for feed, seq in self.contexts.of(dot).items()):
                    done[dot[0]] = dot[1]
                    out.append(dot)
                else:
                    rest.append(dot)
            if len(rest) == len(waiting):
                break
            waiting = rest
        return out

    def define(self, changeset, alliance):
        author = self.members.get(changeset.feed[1])
        if changeset.hash != alliance and (author is None or author["role"] != "admin"):
            return
        for operation in cbor.sequence(changeset.operations()):
            if operation[0] == 1:
                _, site, name, role, institution, keeps_time = operation
                self.members[site] = {"name": name, "role": role}
            elif operation[0] == 2:
                _, name, columns, key, _, _, references, _ = operation
                shown = {column[0]: literal_or_none(column) for column in columns if column[5] is None}
                self.tables.setdefault(name, Table(shown, key, references))
            elif operation[0] == 4 and operation[1] in self.tables:
                _, name, column, reference, _ = operation
                if column[5] is None:
                    self.tables[name].columns.setdefault(column[0], literal(column[3]))
                if reference is not None:
                    self.tables[name].references.append(reference)

    def note(self, dot, changeset):
        table = None
        for row in cbor.sequence(changeset.operations()):
            if row[0] == 0:
                _, table, key, others = row
                width = len(key)
                continue
            values = row[1 : 1 + width]
            name = (table, tuple(map(cbor.encode, values)))
            writes, is_delete = {}, row[0] == 3
            if row[0] == 1:
                writes = {**dict(zip(key, values)), **dict(zip(others, row[1 + width :]))}
            elif row[0] == 2:
                writes = {others[index]: value for index, value in row[1 + width].items()}
            rank = (changeset.stamp, changeset.feed[1], changeset.feed[2], changeset.hash)
            self.rows.setdefault(name, []).append((dot, self.contexts.of(dot), rank, is_delete, writes))

    def shown(self, name):
        """Whether a row is alive, and what its cells show."""
        operations, cells, alive = self.rows[name], {}, False
        for column in {column for operation in operations for column in operation[4]}:
            writes = [operation for operation in operations if column in operation[4]]
            candidates = [a for a in writes if not any(b[1].get(a[0][0], 0) >= a[0][1] for b in writes)]
            ranked = []
            for dot, _, rank, _, values in candidates:
                killed = any(d[3] and d[1].get(dot[0], 0) >= dot[1] for d in operations)
                alive = alive or not killed
                ranked.append(((not killed, rank), values[column]))
            cells[column] = max(ranked, key=lambda pair: pair[0])[1]
        return alive, cells

    def visible(self):
        """Rows by table and key: those alive, and those that a visible row refers to."""
        shown = {name: self.shown(name) for name in self.rows if name[0] in self.tables}
        seen = {name for name, (alive, _) in shown.items() if alive}
        todo = list(seen)
        while todo:
            table = todo[-1][0]
            cells = shown[todo.pop()][1]
            for columns, target, *_ in self.tables[table].references:
                values = [cells.get(column) for column in columns]
                name = (target, tuple(map(cbor.encode, values)))
                if None not in values and name in shown and name not in seen:
                    seen.add(name)
                    todo.append(name)
        return {name: shown[name][1] for name in seen}

    def digest(self):
        """`status --digest`."""
        out, visible = [], self.visible()
        for name in sorted(self.tables, key=str.encode):
            table = self.tables[name]
            columns = sorted(table.columns, key=str.encode)
            out += [cbor.encode(name), cbor.encode(columns)]
            rows = []
            for (of, _), cells in visible.items():
                if of == name:
                    values = [cells.get(column, table.columns[column]) for column in columns]
                    rows.append((cbor.encode([cells[column] for column in table.key]), cbor.encode(values)))
            out += [part for row in sorted(rows) for part in row]
        return sha(b"".join(out))


def literal_or_none(column):
    """A row always has the columns of its table's first definition, so that their defaults show nowhere."""
    try:
        return literal(column[3])
    except (ValueError, TypeError):
        return None
