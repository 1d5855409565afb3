#include "database.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <zstd.h>

#define ALL \
    "SELECT id, student, institution, programme, semester, credits, grade, enrolled " \
    "FROM enrolment ORDER BY "

/* FNV-1a, 64 bits (Fowler, Noll and Vo). */
static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t count) {
    const unsigned char *byte = bytes;
    for (size_t place = 0; place < count; place++) hash = (hash ^ byte[place]) * 0x100000001b3u;
    return hash;
}

static uint64_t hash_number(uint64_t hash, char type, uint64_t number) {
    unsigned char bytes[9] = {(unsigned char)type};
    for (int place = 1; place < 9; place++, number >>= 8) bytes[place] = number & 255;
    return hash_bytes(hash, bytes, sizeof bytes);
}

static uint64_t hash_column(uint64_t hash, sqlite3_stmt *row, int column) {
    double real = sqlite3_column_double(row, column);
    uint64_t bits;
    memcpy(&bits, &real, sizeof bits);
    int type = sqlite3_column_type(row, column);
    switch (type) {
    case SQLITE_INTEGER: return hash_number(hash, 'i', (uint64_t)sqlite3_column_int64(row, column));
    case SQLITE_FLOAT: return hash_number(hash, 'r', bits);
    case SQLITE_NULL: return hash_number(hash, 'n', 0);
    default: break;
    }
    const void *bytes = sqlite3_column_blob(row, column);
    size_t count = (size_t)sqlite3_column_bytes(row, column);
    return hash_bytes(hash_number(hash, type == SQLITE_TEXT ? 't' : 'b', count), bytes, count);
}

void database_hash(const char *path) {
    sqlite3 *database = database_open(path);
    sqlite3_stmt *row = database_prepare(database, ALL "id");
    uint64_t hash = 0xcbf29ce484222325u, count = 0;
    int outcome;
    for (; (outcome = sqlite3_step(row)) == SQLITE_ROW; count++)
        for (int column = 0; column < sqlite3_column_count(row); column++) hash = hash_column(hash, row, column);
    if (outcome != SQLITE_DONE) fail(path, sqlite3_errmsg(database));
    sqlite3_finalize(row);
    database_close(database);
    printf("%" PRIu64 " %016" PRIx64 "\n", count, hash);
}

/* A compressor, and how much went in and came out. */
struct measure {
    ZSTD_CStream *stream;
    size_t before, after;
};

static void compress(struct measure *measure, const char *bytes, size_t count, ZSTD_EndDirective directive) {
    char out[1 << 16];
    ZSTD_inBuffer input = {bytes, count, 0};
    size_t left;
    do {
        ZSTD_outBuffer output = {out, sizeof out, 0};
        left = ZSTD_compressStream2(measure->stream, &output, &input, directive);
        if (ZSTD_isError(left)) fail("zstd", ZSTD_getErrorName(left));
        measure->after += output.pos;
    } while (input.pos < count || (directive == ZSTD_e_end && left > 0));
    measure->before += count;
}

void database_compress(const char *path) {
    sqlite3 *database = database_open(path);
    // In the order in which they were entered.
    sqlite3_stmt *row = database_prepare(database, ALL "rowid");
    struct measure measure = {ZSTD_createCStream(), 0, 0};
    ZSTD_CCtx_setParameter(measure.stream, ZSTD_c_compressionLevel, 3);
    while (sqlite3_step(row) == SQLITE_ROW) {
        char line[512];
        size_t length = 0;
        for (int column = 0; column < sqlite3_column_count(row); column++) {
            // The name has a comma in it: the one column that a CSV must quote.
            const char *shape = column == 0 ? "%s" : column == 1 ? ",\"%s\"" : ",%s";
            const char *text = (const char *)sqlite3_column_text(row, column);
            length += (size_t)snprintf(line + length, sizeof line - length, shape, text);
        }
        line[length++] = '\n';
        compress(&measure, line, length, ZSTD_e_continue);
    }
    compress(&measure, "", 0, ZSTD_e_end);
    ZSTD_freeCStream(measure.stream);
    sqlite3_finalize(row);
    database_close(database);
    printf("%zu %zu\n", measure.before, measure.after);
}
