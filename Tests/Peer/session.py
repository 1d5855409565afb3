"""One session of the article Protocol, from the dialling side."""

import select
import socket
import time

import cbor
import identity
import wire
import zstd
from cbor import Refused

SILENCE, PING_EVERY = 60, 15


class Session:
    """`joining`: the invitation's secret and the name to be known by. `standing`: what is done with the session once it stands; without it this side does not stay."""

    standing = None

    def __init__(self, state, address, peer, joining=None, standing=None):
        self.standing = standing
        host, port = address.rsplit(":", 1)
        plain = socket.create_connection((host.strip("[]"), int(port)), 10)
        self.begin(state, identity.context(state.seed).wrap_socket(plain), peer, joining)
        if identity.site_of(self.socket.getpeercert(True)) != peer:
            raise Refused("wrong-site", "another key answers at this address")

    def begin(self, state, connection, peer, joining=None):
        self.state, self.socket, self.peer, self.joining = state, connection, peer, joining
        self.reader, self.buffer, self.spoke = wire.MessageReader(), b"", 0
        self.compressor, self.decompressor = zstd.Compressor(), zstd.Decompressor()
        self.plain, self.current, self.arrived, self.told = b"", None, [], {}
        self.hello, self.acked, self.has_ack, self.has_last, self.sent = None, {}, False, False, None
        self.known, self.came = {}, set()

    # Frames

    def send(self, message):
        for payload in wire.frames(message):
            self.socket.sendall(len(payload).to_bytes(4, "big") + payload)
        self.spoke = time.monotonic()

    def receive(self):
        """The next message that means something here; says ping while it waits."""
        waiting_since = time.monotonic()
        while True:
            while len(self.buffer) >= 4 and len(self.buffer) >= 4 + int.from_bytes(self.buffer[:4], "big"):
                length = int.from_bytes(self.buffer[:4], "big")
                payload, self.buffer = self.buffer[4 : 4 + length], self.buffer[4 + length :]
                message = self.reader.take(payload)
                waiting_since = time.monotonic()
                if message is not None and message[0] % 2:
                    return message
            if not self.socket.pending() and not select.select([self.socket], [], [], 1)[0]:
                if time.monotonic() - self.spoke >= PING_EVERY:
                    self.send([wire.PING, {}])
                if time.monotonic() - waiting_since > SILENCE:
                    raise Refused("timeout", "nothing was heard for 60 seconds")
                continue
            data = self.socket.recv(1 << 16)
            if not data:
                raise OSError("the other side closed before the end")
            self.buffer += data

    # The session

    def run(self):
        try:
            self.exchange()
        except Refused as error:
            self.send([wire.ERROR, {0: error.code, 1: str(error)}])
            raise
        finally:
            self.socket.close()

    def exchange(self):
        if self.joining:
            secret, name = self.joining
            self.send([wire.JOIN, {0: self.state.alliance, 1: secret, 2: name}])
        self.say_hello()
        while not self.is_done():
            self.step()
        if self.standing and self.hello.get(14):
            self.standing(self)
        self.send([wire.BYE, {0: 0}])

    def step(self):
        """Takes one message."""
        kind, fields = self.receive()
        if kind == wire.HELLO:
            self.received_hello(fields)
        elif kind == wire.VECTOR_WANTED:
            self.send([wire.VECTOR, {0: wire.vector(self.state.held())}])
        elif kind == wire.VECTOR:
            self.stream(wire.read_vector(fields[0]))
        elif kind == wire.CHANGES:
            self.received_changes(fields[0], fields[1])
        elif kind == wire.ACK:
            vector = wire.read_vector(fields[0])
            self.acked.update(vector)
            self.know(vector)
            self.has_ack = True
        elif kind in (wire.BYE, wire.ERROR):
            raise Refused(fields[0] if kind == wire.ERROR else "bye", fields.get(1, "the other side ended the session"))
        else:
            raise Refused("unexpected", f"a message of type {kind}")

    def await_push(self):
        """Of a session that stands: takes what the other side pushes next."""
        self.has_last = False
        while not self.has_last:
            self.step()

    def push(self):
        """Of a session that stands: streams what the other side lacks by now, and awaits its ack."""
        self.has_ack = False
        self.stream(dict(self.known))
        while not self.is_acknowledged():
            self.step()

    def know(self, vector):
        for feed, seq in vector.items():
            self.known[feed] = max(self.known.get(feed, 0), seq)

    def say_hello(self):
        held = self.state.held()
        self.told = dict(held)
        self.own_heads = wire.digest_of_heads(self.state.heads())
        self.send(
            wire.hello(
                alliance=self.state.alliance, site=self.state.site, clock=int(time.time() * 1000), held=held,
                control_digest=wire.digest_of_heads(self.state.heads("control")), heads_digest=self.own_heads,
                stays=self.standing is not None))

    def received_hello(self, fields):
        if fields[1] != self.state.alliance:
            raise Refused("wrong-alliance", "the peer belongs to another alliance")
        if fields[2] != self.peer:
            raise Refused("wrong-site", "the hello names another site than the connection's key")
        if not fields[0][0] <= 1 <= fields[0][1]:
            raise Refused("no-common-version", "this peer speaks version 1")
        self.hello = fields
        if fields[9] == self.own_heads:
            self.know(self.state.held())
            return
        if 10 in fields:
            self.stream(wire.read_vector(fields[10]))
        elif fields[8] != wire.digest_of_heads(self.state.heads("control")):
            self.send([wire.VECTOR_WANTED, {}])
        else:
            self.stream(wire.read_roster_vector(fields[11], sorted(self.state.tables().members)))

    def is_done(self):
        if self.hello is None:
            return False
        if self.hello[9] == self.own_heads:
            return True
        return self.has_last and self.is_acknowledged()

    def is_acknowledged(self):
        return self.sent is not None and self.has_ack and all(self.acked.get(feed, 0) >= seq for feed, seq in self.sent.items())

    def stream(self, lacked):
        """All that lies above the other side's vector, of control first."""
        self.acked, self.sent, plain = dict(lacked), {}, b""
        self.know(lacked)
        by_control = sorted(self.state.log, key=lambda feed: (feed[0] != "control", feed))
        for feed in by_control:
            for changeset in self.state.log[feed][lacked.get(feed, 0) :]:
                plain += cbor.encode([0, changeset.bytes, changeset.signature])
                plain += b"".join(cbor.encode([1, chunk]) for chunk in changeset.chunks)
                self.sent[feed] = changeset.seq
        self.know(self.sent)
        data = self.compressor.ended(plain) if plain else b""
        pieces = [data[start : start + 65536] for start in range(0, len(data), 65536)] or [b""]
        for number, piece in enumerate(pieces):
            self.send([wire.CHANGES, {0: piece, 1: number + 1 == len(pieces)}])

    # Taking

    def received_changes(self, data, is_last):
        self.plain += self.decompressor.read(data)
        while True:
            reader = cbor.Reader(self.plain)
            try:
                item = reader.item()
            except cbor.Truncated:
                break
            self.plain = self.plain[reader.offset :]
            self.take(item)
        if is_last:
            self.hold()
            self.has_last = True
            held = self.state.held()
            news = {feed: seq for feed, seq in held.items() if self.told.get(feed) != seq or feed in self.came}
            self.told, self.came = held, set()
            self.send([wire.ACK, {0: wire.vector(news), 1: []}])

    def take(self, item):
        if item[0] == 0:
            if self.current and len(self.current.chunks) < len(self.current.hashes):
                raise Refused("bad-changeset", "a header before the last chunk of the one before")
            self.current = wire.Changeset(item[1], item[2], [])
            if not self.state.log and not self.arrived and self.current.hash != self.state.alliance:
                raise Refused("wrong-alliance", "the founding changeset is not the invitation's")
            self.arrived.append(self.current)
            self.know({self.current.feed: self.current.seq})
            self.came.add(self.current.feed)
        else:
            number = len(self.current.chunks)
            if number >= len(self.current.hashes) or wire.sha(item[1]) != self.current.hashes[number]:
                raise Refused("bad-changeset", "a chunk that is not the header's")
            self.current.chunks.append(item[1])

    def hold(self):
        """Checks that what came joins what is held, and the last signature of each feed; then it is durable."""
        last = {}
        for changeset in self.arrived:
            held = last.get(changeset.feed) or (self.state.log.get(changeset.feed) or [None])[-1]
            seq, before = (held.seq, held.hash) if held else (0, wire.ZERO)
            if changeset.seq <= seq:
                continue
            if changeset.seq != seq + 1:
                raise Refused("gap", f"changeset {changeset.seq} came where {seq + 1} must follow")
            if changeset.previous != before:
                raise Refused("broken-chain", f"changeset {changeset.seq} does not follow the one before it")
            last[changeset.feed] = changeset
        if not all(changeset.is_signed() for changeset in last.values()):
            raise Refused("bad-signature", "a changeset is not signed by its author")
        for changeset in self.arrived:
            if changeset.seq == len(self.state.log.get(changeset.feed, [])) + 1:
                self.state.append(changeset)
        self.arrived = []
        self.state.keep()
