#include "process.h"
#include "database.h"
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int64_t nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000000LL + now.tv_nsec;
}

static int64_t microseconds(struct timeval time) { return time.tv_sec * 1000000LL + time.tv_usec; }

int process_become(char *const command[]) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    execvp(command[0], command);
    fail(command[0], strerror(errno));
}

int process_measure(const char *report, char *const command[]) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    int64_t began = nanoseconds();
    pid_t child = fork();
    if (child < 0) fail(command[0], strerror(errno));
    if (child == 0) return process_become(command);
    int status;
    struct rusage usage;
    while (wait4(child, &status, 0, &usage) < 0)
        if (errno != EINTR) fail(command[0], strerror(errno));
    int64_t passed = nanoseconds() - began;
    FILE *file = fopen(report, "w");
    if (!file) fail(report, strerror(errno));
    int64_t cpu = microseconds(usage.ru_utime) + microseconds(usage.ru_stime);
    fprintf(file, "%" PRId64 " %" PRId64 " %ld\n", passed, cpu, usage.ru_maxrss);
    if (fclose(file) != 0) fail(report, strerror(errno));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
