#ifndef PLAIN_PROCESS_H
#define PLAIN_PROCESS_H

/* Runs a command to its end, and writes into the file `report` the nanoseconds that it took, the microseconds of CPU
   (user and system), and the KiB of its peak memory. The kernel counts to a process's peak what the one that started it
   had: this one has next to nothing. Returns the command's exit status, or 128 and the signal that ended it. */
int process_measure(const char *report, char *const command[]);

/* Becomes the command, and ends with whoever started it. */
int process_become(char *const command[]);

/* Passes bytes on between whoever connects to a port of its own, which it prints, and a port of this machine, one
   connection after the other. Prints for each, once both sides have ended it, how many bytes went to the port and how
   many came from it. Ends when its standard input does. */
int relay_run(const char *port);
#endif
