"""Runs a command in a terminal of its own: terminal.py ROWS COLUMNS KEYS COMMAND... Prints what the terminal got."""
import fcntl
import os
import pty
import struct
import sys
import termios

rows, columns, keys, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
child, terminal = pty.fork()
if child == 0:
    # The parent sets the size before it lets the command begin.
    sys.stdin.readline()
    os.execvp(command[0], command)
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
settings = termios.tcgetattr(terminal)
settings[3] &= ~termios.ECHO
termios.tcsetattr(terminal, termios.TCSANOW, settings)
os.write(terminal, b"\n" + keys.encode())
got = b""
while True:
    try:
        part = os.read(terminal, 65536)
    except OSError:  # Linux ends a terminal so
        break
    if not part:
        break
    got += part
_, status = os.waitpid(child, 0)
sys.stdout.buffer.write(got)
sys.exit(os.waitstatus_to_exitcode(status))
