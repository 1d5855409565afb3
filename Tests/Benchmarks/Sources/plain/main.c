#include "database.h"
#include "process.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint64_t number(const char *text) {
    char *end;
    unsigned long long value = strtoull(text, &end, 10);
    if (*text == 0 || *end != 0) fail(text, "is no number");
    return value;
}

static int is(int count, char **arguments, const char *act, int wanted) {
    return count == wanted + 2 && strcmp(arguments[1], act) == 0;
}

/* One act on plain SQLite a process: what it costs is what the process costs. */
int main(int count, char **arguments) {
    if (count > 2 && strcmp(arguments[1], "--cache") == 0) {
        database_cache_kib = number(arguments[2]);
        count -= 2;
        arguments += 2;
    }
    char **of = arguments + 2;
    if (count > 3 && strcmp(arguments[1], "measure") == 0) return process_measure(of[0], of + 1);
    if (count > 2 && strcmp(arguments[1], "become") == 0) return process_become(of);
    if (is(count, arguments, "relay", 1)) return relay_run(of[0]);
    if (is(count, arguments, "create", 2)) database_create(of[0], of[1]);
    else if (is(count, arguments, "insert", 3)) database_insert(of[0], number(of[1]), number(of[2]));
    else if (is(count, arguments, "singles", 3)) database_insert_singly(of[0], number(of[1]), number(of[2]));
    else if (is(count, arguments, "update", 4)) database_update(of[0], number(of[1]), number(of[2]), number(of[3]));
    else if (is(count, arguments, "checkpoint", 1)) database_checkpoint(of[0]);
    else if (is(count, arguments, "hash", 1)) database_hash(of[0]);
    else if (is(count, arguments, "compress", 1)) database_compress(of[0]);
    else {
        fprintf(
            stderr, "usage: plain [--cache KIB] create FILE REPLICA | insert FILE FROM COUNT\n"
                    "       plain singles FILE FROM COUNT\n"
                    "       plain update FILE ROWS COUNT ROUND | checkpoint FILE | hash FILE | compress FILE\n"
                    "       plain relay PORT | measure REPORT COMMAND... | become COMMAND...\n");
        return 64;
    }
    return 0;
}
