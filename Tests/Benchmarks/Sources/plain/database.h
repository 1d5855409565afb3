#ifndef PLAIN_DATABASE_H
#define PLAIN_DATABASE_H
#include <sqlite3.h>
#include <stdint.h>

/* Ends the process with one sentence and status 1. */
void fail(const char *what, const char *why) __attribute__((noreturn));

/* How much of a file SQLite may keep in memory, in KiB; 0 for as much as it takes by itself. */
extern uint64_t database_cache_kib;

/* An open file with the settings of every figure: WAL, synchronous NORMAL, foreign keys off as SQLite has them. */
sqlite3 *database_open(const char *path);
void database_close(sqlite3 *database);
void database_run(sqlite3 *database, const char *sql);
sqlite3_stmt *database_prepare(sqlite3 *database, const char *sql);

/* Makes a file with the table of a replica as it stands there, its indexes too, and nothing else of it. */
void database_create(const char *path, const char *replica);
void database_insert(const char *path, uint64_t from, uint64_t count);
void database_insert_singly(const char *path, uint64_t from, uint64_t count);
void database_update(const char *path, uint64_t rows, uint64_t count, uint64_t round);

/* Moves the write-ahead log into the file, and prints how many bytes the file has then. */
void database_checkpoint(const char *path);

/* Prints how many rows there are, and their hash: FNV-1a of 64 bits over the rows in the order of their keys. A column
   counts as the letter of its type (i, r, t, b or n), eight bytes, and for texts and blobs the bytes themselves; the
   eight bytes are the integer, the bits of the real, the length of the text or blob, or zero, lowest byte first. */
void database_hash(const char *path);

/* Prints how many bytes the rows have as CSV, and how many of them `zstd -3` leaves. */
void database_compress(const char *path);
#endif
