#!/usr/bin/env python3
"""What a hostile member or stranger can try over a real connection, and whether others are served meanwhile.

    flood.py KIND STATE HOST:PORT SITE COMMAND ...

STATE is that of a member that has sealed a changeset and synced. COMMAND runs while the attack stands. Prints as JSON what the node said to the
attacker (an error's code, `bye`, or null), and COMMAND's exit status. KIND:

    replay      a changeset that the node holds, 220,000 times in some kilobytes
    acks        acks of 27,000 feeds that nobody has
    hello       a hello of 60,000 feeds that nobody has, and a thousand acks of nothing
    dials       one site that dials again and again
    silent      connections that prove no key
    keys        connections with keys that nobody knows"""

import json
import os
import socket
import subprocess
import sys

import cbor
import identity
import peer
import session
import wire


def invented(count):
    return {("alliance", wire.sha(b"%d" % number), 0): 7 for number in range(count)}


def opened(state, address, site):
    """A session whose hellos are said."""
    out = session.Session(state, address, site)
    out.say_hello()
    while out.hello is None:
        kind, fields = out.receive()
        if kind == wire.HELLO:
            out.hello = fields
    return out


def heard(of):
    """How the node ends a session."""
    while True:
        kind, fields = of.receive()
        if kind in (wire.ERROR, wire.BYE):
            return fields[0] if kind == wire.ERROR else "bye"


def replay(state, address, site):
    out = opened(state, address, site)
    first = state.log[("alliance", state.site, 0)][0]
    plain = cbor.encode([0, first.bytes, first.signature]) + b"".join(cbor.encode([1, chunk]) for chunk in first.chunks)
    out.send([wire.CHANGES, {0: out.compressor.flushed(plain * 220_000), 1: True}])
    return out


def acks(state, address, site):
    out = opened(state, address, site)
    for _ in range(30):
        try:
            out.send([wire.ACK, {0: wire.vector(invented(27_000)), 1: []}])
        except OSError:
            break
    return out


def hello(state, address, site):
    out = session.Session(state, address, site)
    digest = bytes(32)
    out.send(wire.hello(alliance=state.alliance, site=state.site, clock=0, held=invented(60_000), control_digest=digest, heads_digest=digest))
    while out.receive()[0] != wire.CHANGES:
        pass
    for _ in range(1_000):
        out.send([wire.ACK, {0: [], 1: []}])
    out.send([wire.VECTOR, {0: []}])
    return out


def crowd(kind, state, address, site):
    host, port = address.rsplit(":", 1)
    out = []
    for _ in range(400):
        plain = socket.create_connection((host, int(port)), 10)
        try:
            out.append(identity.context(os.urandom(32)).wrap_socket(plain) if kind == "keys" else plain)
        except OSError:
            plain.close()
    return out


def main(kind, path, address, site, *command):
    state, site = peer.State(path), bytes.fromhex(site)
    if kind in ("silent", "keys"):
        attack, word = crowd(kind, state, address, site), None
    elif kind == "dials":
        attack = [opened(state, address, site) for _ in range(20)]
        word = heard(attack[0])
    else:
        attack = {"replay": replay, "acks": acks, "hello": hello}[kind](state, address, site)
        word = None
    status = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    if kind in ("replay", "acks", "hello"):
        word = heard(attack)
    print(json.dumps({"heard": word, "status": status}))


if __name__ == "__main__":
    main(*sys.argv[1:])
