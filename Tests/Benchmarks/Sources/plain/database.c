#include "database.h"
#include "rows.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void fail(const char *what, const char *why) {
    fprintf(stderr, "plain: %s: %s\n", what, why);
    exit(1);
}

uint64_t database_cache_kib = 0;

sqlite3 *database_open(const char *path) {
    sqlite3 *database;
    if (sqlite3_open(path, &database) != SQLITE_OK) fail(path, sqlite3_errmsg(database));
    sqlite3_busy_timeout(database, 10000);
    database_run(database, "PRAGMA journal_mode = WAL");
    database_run(database, "PRAGMA synchronous = NORMAL");
    char cache[64];
    snprintf(cache, sizeof cache, "PRAGMA cache_size = -%llu", (unsigned long long)database_cache_kib);
    if (database_cache_kib > 0) database_run(database, cache);
    return database;
}

void database_close(sqlite3 *database) {
    if (sqlite3_close(database) != SQLITE_OK) fail("closing", sqlite3_errmsg(database));
}

void database_run(sqlite3 *database, const char *sql) {
    if (sqlite3_exec(database, sql, NULL, NULL, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(database));
}

sqlite3_stmt *database_prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) fail(sql, sqlite3_errmsg(database));
    return statement;
}

static void step(sqlite3 *database, sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_sql(statement), sqlite3_errmsg(database));
    sqlite3_reset(statement);
}

void database_create(const char *path, const char *replica) {
    sqlite3 *from = database_open(replica), *to = database_open(path);
    sqlite3_stmt *texts = database_prepare(
        from, "SELECT sql FROM sqlite_schema WHERE tbl_name = 'enrolment' AND type IN ('table', 'index') "
              "AND sql IS NOT NULL ORDER BY type DESC");
    int count = 0;
    for (; sqlite3_step(texts) == SQLITE_ROW; count++) database_run(to, (const char *)sqlite3_column_text(texts, 0));
    sqlite3_finalize(texts);
    if (count == 0) fail(replica, "has no table enrolment");
    database_close(from);
    database_close(to);
}

/* Inserts row after row on one prepared statement. */
static void insert(const char *path, uint64_t from, uint64_t count, int singly) {
    sqlite3 *database = database_open(path);
    sqlite3_stmt *statement = database_prepare(
        database,
        "INSERT INTO enrolment(id, student, institution, programme, semester, credits, grade, enrolled) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
    struct row row;
    if (!singly) database_run(database, "BEGIN IMMEDIATE");
    for (uint64_t number = from; number < from + count; number++) {
        row_make(number, &row);
        sqlite3_bind_text(statement, 1, row.id, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, row.student, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 3, row.institution, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 4, row.programme, -1, SQLITE_STATIC);
        sqlite3_bind_int64(statement, 5, row.semester);
        sqlite3_bind_int64(statement, 6, row.credits);
        sqlite3_bind_double(statement, 7, row.grade);
        sqlite3_bind_text(statement, 8, row.enrolled, -1, SQLITE_STATIC);
        step(database, statement);
    }
    if (!singly) database_run(database, "COMMIT");
    sqlite3_finalize(statement);
    database_close(database);
}

void database_insert(const char *path, uint64_t from, uint64_t count) { insert(path, from, count, 0); }
void database_insert_singly(const char *path, uint64_t from, uint64_t count) { insert(path, from, count, 1); }

void database_update(const char *path, uint64_t rows, uint64_t count, uint64_t round) {
    sqlite3 *database = database_open(path);
    sqlite3_stmt *statement = database_prepare(database, "UPDATE enrolment SET programme = ? WHERE id = ?");
    struct row row;
    char programme[64];
    database_run(database, "BEGIN IMMEDIATE");
    for (uint64_t index = 0; index < count; index++) {
        uint64_t number = row_changed(index, round, rows);
        row_make(number, &row);
        row_programme(number, round, programme);
        sqlite3_bind_text(statement, 1, programme, -1, SQLITE_STATIC);
        sqlite3_bind_text(statement, 2, row.id, -1, SQLITE_STATIC);
        step(database, statement);
        if (sqlite3_changes(database) != 1) fail(row.id, "there is no such row to update");
    }
    database_run(database, "COMMIT");
    sqlite3_finalize(statement);
    database_close(database);
}

void database_checkpoint(const char *path) {
    sqlite3 *database = database_open(path);
    database_run(database, "PRAGMA wal_checkpoint(TRUNCATE)");
    database_close(database);
    struct stat found;
    if (stat(path, &found) != 0) fail(path, "is not there");
    printf("%lld\n", (long long)found.st_size);
}
