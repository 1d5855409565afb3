"""Types at a terminal what the steps say, and prints all that stood there, without the sequences that move the cursor.

usage: python3 typist.py STEPS COMMAND...

STEPS is a JSON array of pairs: what is typed, and a pattern that must be seen before the next is. Ends with the command's exit status; 99: a
pattern was not seen, and the last line says which.
"""
import fcntl
import json
import os
import pty
import re
import select
import struct
import sys
import termios
import time

SEQUENCE = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r")


def main():
    steps, command = json.loads(sys.argv[1]), sys.argv[2:]
    pid, terminal = pty.fork()
    if pid == 0:
        os.execvp(command[0], command)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, 200, 0, 0))
    seen = b""

    def read():
        nonlocal seen
        try:
            block = os.read(terminal, 4096)
        except OSError:
            return False
        seen += block
        return bool(block)

    unseen = None
    for typed, pattern in steps:
        begin = len(seen)
        # What is typed before the line can be edited goes through the terminal's own hands.
        while typed and termios.tcgetattr(terminal)[3] & termios.ICANON:
            time.sleep(0.01)
        os.write(terminal, typed.encode())
        # Given up only where it would be waited for without end.
        end = time.monotonic() + 60
        while not re.search(pattern.encode(), SEQUENCE.sub(b"", seen[begin:])):
            if time.monotonic() > end or select.select([terminal], [], [], 1)[0] and not read():
                unseen = pattern
                break
        if unseen:
            break
    if unseen:
        os.kill(pid, 9)
    while read():
        pass
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    sys.stdout.buffer.write(SEQUENCE.sub(b"", seen))
    if unseen:
        sys.stdout.buffer.write(f"\nnot seen: {unseen}\n".encode())
    sys.stdout.flush()
    sys.exit(99 if unseen else status)


main()
