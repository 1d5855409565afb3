#!/usr/bin/env python3
"""A peer of another make, written from the articles Protocol and MergeSemantics alone: joins, syncs both ways, and says what its tables come to.

    peer.py join STATE INVITATION NAME      become a member, with all records
    peer.py sync STATE HOST:PORT SITE       one exchange with a member
    peer.py stay STATE HOST:PORT SITE OPERATIONS   one session that stays: says `standing`, awaits what is pushed, seals rows and pushes them
    peer.py write STATE OPERATIONS          seal rows, written as JSON: [[table, [key columns], [others], [row, ...]], ...],
                                            a row being ["insert", [values]], ["update", [key], {column: value}] or ["delete", [key]]
    peer.py back STATE OPERATIONS           as `write`, with a context that goes back, which makes the changeset void
    peer.py digest STATE                    digest of the tables, and of the heads
    peer.py vectors FILE                    hold the test vectors against this peer

STATE is a file. Exits 0 if all is well, else 1 with a sentence."""

import json
import os
import sys
import time

import cbor
import ed25519
import merge
import session
import vectors
import wire


class State:
    """Key, alliance, and the log: every changeset that is held, feed by feed."""

    def __init__(self, path):
        self.path = path
        kept = json.load(open(path)) if os.path.exists(path) else {"seed": os.urandom(32).hex(), "alliance": None, "log": []}
        self.seed, self.alliance = bytes.fromhex(kept["seed"]), kept["alliance"] and bytes.fromhex(kept["alliance"])
        self.site, self.log = ed25519.public(self.seed), {}
        for header, signature, *chunks in kept["log"]:
            self.append(wire.Changeset(bytes.fromhex(header), bytes.fromhex(signature), [bytes.fromhex(chunk) for chunk in chunks]))

    def append(self, changeset):
        self.log.setdefault(changeset.feed, []).append(changeset)

    def keep(self):
        """Durable before it is acknowledged."""
        log = [[part.hex() for part in (c.bytes, c.signature, *c.chunks)] for feed in self.log for c in self.log[feed]]
        with open(self.path + ".new", "w") as file:
            json.dump({"seed": self.seed.hex(), "alliance": self.alliance and self.alliance.hex(), "log": log}, file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(self.path + ".new", self.path)

    def tables(self):
        return merge.Tables(self.log, self.alliance)

    def held(self):
        return {feed: len(changesets) for feed, changesets in self.log.items()}

    def heads(self, scope=None):
        return {feed: (len(c), c[-1].hash[:16]) for feed, c in self.log.items() if scope in (None, feed[0])}

    def seal(self, operations, count, wrong=None):
        """`wrong`: entries that the context gets beside its own."""
        feed = ("alliance", self.site, 0)
        own = self.log.get(feed, [])
        so_far = merge.Contexts(self.log).of((feed, len(own))) if own else {}
        advance = {other: head for other, head in self.heads().items() if other != feed and head[0] > so_far.get(other, 0)}
        advance.update(wrong or {})
        newest = max((c.stamp for changesets in self.log.values() for c in changesets), default=0)
        stamp = max(int(time.time() * 1000) << 16, newest + 1)
        previous = own[-1].hash if own else wire.ZERO
        self.append(wire.seal(self.seed, *feed[::2], len(own) + 1, previous, stamp, advance, count, operations))
        self.keep()


def encoded(tables):
    """Operations as CBOR, and how many rows they have."""
    out, count = b"", 0
    for name, key, others, rows in sorted(tables, key=lambda table: table[0].encode()):
        others = sorted(others, key=str.encode)
        out += cbor.encode([0, name, key, others])
        for kind, values, *rest in sorted(rows, key=lambda row: [merge.key_order(value) for value in row[1][: len(key)]]):
            count += 1
            if kind == "insert":
                out += cbor.encode([1, *values])
            elif kind == "update":
                out += cbor.encode([2, *values, {others.index(column): value for column, value in rest[0].items()}])
            else:
                out += cbor.encode([3, *values])
    return out, count


def back(state):
    """An entry below what the last own changeset has seen of another's feed."""
    own = ("alliance", state.site, 0)
    seen = merge.Contexts(state.log).of((own, len(state.log[own])))
    feed = max(feed for feed, seq in seen.items() if feed != own and seq > 1)
    return {feed: (seen[feed] - 1, state.log[feed][seen[feed] - 2].hash[:16])}


def tell(state):
    print(json.dumps({"tables": state.tables().digest().hex(), "heads": wire.digest_of_heads(state.heads()).hex(), "site": state.site.hex()}))


def main(command, *arguments):
    if command == "vectors":
        return vectors.check(arguments[0])
    state = State(arguments[0])
    if command == "join":
        invitation = wire.read_invitation(arguments[1])
        state.alliance = invitation["alliance"]
        session.Session(state, invitation["addresses"][0], invitation["inviter"], (invitation["secret"], arguments[2])).run()
    elif command == "sync":
        session.Session(state, arguments[1], bytes.fromhex(arguments[2])).run()
    elif command == "stay":

        def standing(session):
            print("standing", flush=True)
            session.await_push()
            state.seal(*encoded(json.loads(arguments[3])))
            session.push()

        session.Session(state, arguments[1], bytes.fromhex(arguments[2]), standing=standing).run()
    elif command == "write":
        state.seal(*encoded(json.loads(arguments[1])))
    elif command == "back":
        state.seal(*encoded(json.loads(arguments[1])), back(state))
    tell(state)


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (cbor.Refused, OSError) as error:
        sys.exit(f"{getattr(error, 'code', 'failed')}: {error}")
