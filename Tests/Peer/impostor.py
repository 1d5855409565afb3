#!/usr/bin/env python3
"""An inviter whose alliance is not that of its invitation: prints the invitation, and serves whoever joins with it.

    impostor.py other       its control changesets found another alliance
    impostor.py nothing     it says that both sides hold the same, which is nothing
    impostor.py silence     it says its last and has sent nothing"""

import socket
import sys
import time

import cbor
import ed25519
import identity
import session
import vectors
import wire

ALLIANCE = wire.sha(b"an alliance that nobody founded")


class State:
    """The log of the test vectors, under another alliance's name."""

    def __init__(self, kind):
        self.seed, self.alliance, self.kind = vectors.SEEDS[0], ALLIANCE, kind
        self.site, self.log = ed25519.public(self.seed), {}
        if kind != "nothing":
            self.log = vectors.by_feed(vectors.founding_log())

    def held(self):
        return {feed: len(changesets) for feed, changesets in self.log.items()}

    def heads(self, scope=None):
        return {feed: (len(c), c[-1].hash[:16]) for feed, c in self.log.items() if scope in (None, feed[0])}


class Impostor(session.Session):
    def __init__(self, state, connection):
        self.begin(state, identity.context(state.seed, listens=True).wrap_socket(connection, server_side=True), None)

    def serve(self):
        self.say_hello()
        while True:
            kind, fields = self.receive()
            if kind == wire.HELLO and self.state.kind != "nothing":
                everything = self.state.held() if self.state.kind == "silence" else {}
                self.stream(everything)
            if kind in (wire.BYE, wire.ERROR):
                return


def main(kind):
    state = State(kind)
    listener = socket.create_server(("127.0.0.1", 0))
    address = "127.0.0.1:%d" % listener.getsockname()[1]
    expires = int(time.time() * 1000) + 3_600_000
    print(wire.invitation(ALLIANCE, state.site, "impostor", [address], bytes(16), expires), flush=True)
    while True:
        connection, _ = listener.accept()
        try:
            Impostor(state, connection).serve()
        except (cbor.Refused, OSError):
            pass


if __name__ == "__main__":
    main(sys.argv[1])
