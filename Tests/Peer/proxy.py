"""A proxy for tests, of HTTP or SOCKS5: it connects to one target, whatever name is asked for, or refuses in one of several ways.

usage: proxy.py KIND TARGET     prints the port on which it listens; KIND: http, socks5, password (http, user:word), forbidden, page, garbage,
cut (http, each connection after 150,000 bytes)
"""
import base64
import socket
import sys
import threading

kind, target = sys.argv[1], sys.argv[2].rsplit(":", 1)


def pass_on(source, sink):
    left = 150_000 if kind == "cut" else 1 << 60
    try:
        while data := source.recv(min(65536, left)):
            sink.sendall(data)
            left -= len(data)
    except OSError:
        pass
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def exactly(client, count):
    data = b""
    while len(data) < count:
        piece = client.recv(count - len(data))
        if not piece:
            raise OSError("the client went")
        data += piece
    return data


def may_connect(client):
    """Hears what is asked for, and whether it is granted; the words that grant it are for the caller to say."""
    if kind == "socks5":
        _, count = exactly(client, 2)
        exactly(client, count)
        client.sendall(b"\x05\x00")
        head = exactly(client, 5)
        assert head[3] == 3, "a name goes as it is"
        print("asked for", exactly(client, head[4] + 2)[:-2].decode(), file=sys.stderr, flush=True)
        return b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00"
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += exactly(client, 1)
    print("asked for", head.split()[1].decode(), file=sys.stderr, flush=True)
    answers = {
        "forbidden": b"HTTP/1.1 403 Not from here\r\n\r\n",
        "page": b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>sign in</html>",
        "garbage": b"220 mail.example ESMTP\r\n",
    }
    if kind == "password" and base64.b64encode(b"user:word") not in head:
        answers[kind] = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n\r\n"
    if kind in answers:
        client.sendall(answers[kind])
        return None
    return b"HTTP/1.1 200 Connection established\r\n\r\n"


def serve(client):
    try:
        granted = may_connect(client)
        if granted is None:
            return client.close()
        other = socket.create_connection((target[0], int(target[1])))
        client.sendall(granted)
    except OSError:
        return client.close()
    threading.Thread(target=pass_on, args=(other, client), daemon=True).start()
    pass_on(client, other)


listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
