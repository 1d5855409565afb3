#!/usr/bin/env python3
"""A member that speaks other versions of the protocol than the first, or says in it what only later ones know.

    versions.py sync STATE HOST:PORT SITE VERSIONS WORDS     one exchange with a node
    versions.py answer STATE VERSIONS WORDS                  prints its address, and answers whoever dials, one after the other

VERSIONS is LOWEST-HIGHEST, as in its hello. WORDS is what it says beside what this article has:

    plain       nothing
    fields      unknown fields in every message, of every kind of value
    even        before each of its messages one of an unknown type that may be skipped
    odd         before its first changes one of an unknown type that must be understood
    parts       one that may be skipped, of more than one frame
    empty       the first kind again, of a type of 64 bits, without fields

Prints as JSON how each session ended: `done`, or the code and the sentence of an error."""

import json
import socket
import sys

import cbor
import identity
import peer
import session
import wire

LATER = {90: None, 91: [1, -1, "text", b"bytes", 1.5, True, {"a": [False]}], 1000: {}, 1 << 40: "x" * 300}


class Later(session.Session):
    versions, words, has_said = (1, 1), "plain", False

    def send(self, message):
        kind, fields = message
        if kind == wire.HELLO:
            fields = {**fields, 0: list(self.versions)}
        if self.words == "fields":
            fields = {**fields, **LATER}
        elif self.words == "even":
            super().send([400, LATER])
        elif self.words == "empty":
            super().send([(1 << 64) - 2, {}])
        elif self.words == "parts" and kind == wire.CHANGES:
            super().send([400, {0: bytes(300_000)}])
        elif self.words == "odd" and kind == wire.CHANGES and not self.has_said:
            self.has_said = True
            super().send([401, LATER])
        super().send([kind, fields])

    def received_hello(self, fields):
        lowest, highest = self.versions
        if max(lowest, fields[0][0]) > min(highest, fields[0][1]):
            # What the node says of it is what is looked for: so this side waits.
            return
        super().received_hello(fields)

    def tell(self):
        """Runs the session, and says how it ended."""
        try:
            self.exchange()
            return {"end": "done"}
        except cbor.Refused as error:
            return {"end": error.code, "sentence": str(error)}
        finally:
            self.socket.close()


class Answering(Later):
    def __init__(self, state, connection, asked):
        self.begin(state, identity.context(state.seed, listens=True).wrap_socket(connection, server_side=True), None)
        self.versions, self.words = asked

    def received_hello(self, fields):
        # This side cannot ask TLS for the other's key (identity.py).
        self.peer = fields[2]
        super().received_hello(fields)

    def exchange(self):
        self.say_hello()
        while True:
            kind, fields = self.receive()
            if kind == wire.BYE:
                return
            self.taken(kind, fields)

    def taken(self, kind, fields):
        """As `step` has it, of a message that is there already."""
        self.receive, receive = lambda: (kind, fields), self.receive
        try:
            self.step()
        finally:
            self.receive = receive


def versions_of(text):
    lowest, highest = text.split("-")
    return int(lowest), int(highest)


def main(command, path, *arguments):
    state = peer.State(path)
    if command == "sync":
        address, site, versions, words = arguments
        Later.versions, Later.words = versions_of(versions), words
        print(json.dumps(Later(state, address, bytes.fromhex(site)).tell()))
        return
    versions, words = arguments
    listener = socket.create_server(("127.0.0.1", 0))
    print("127.0.0.1:%d" % listener.getsockname()[1], flush=True)
    while True:
        connection, _ = listener.accept()
        try:
            print(json.dumps(Answering(state, connection, (versions_of(versions), words)).tell()), flush=True)
        except OSError as error:
            print(json.dumps({"end": "broken", "sentence": str(error)}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
