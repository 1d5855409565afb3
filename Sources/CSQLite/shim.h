#ifndef CARAVAN_CSQLITE_H
#define CARAVAN_CSQLITE_H
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sqlite3.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

/* Variadic in C, so Swift cannot call it. Returns the result code; `now` receives the setting in force (0 or 1). */
static inline int caravan_db_config(sqlite3 *db, int option, int on, int *now) {
    return sqlite3_db_config(db, option, on, now);
}

/* Variadic too. Returns the result code: SQLITE_MISUSE once SQLite is in use. */
static inline int caravan_count_memory(int on) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, on);
}

/* What tells a file from a copy of it: device, inode, and when it was made, in nanoseconds, for inodes are used again; 0 where the file system
   does not say. False if the file cannot be looked at. */
static inline int caravan_file_identity(const char *path, uint64_t *device, uint64_t *inode, int64_t *born) {
    struct statx found;
    if (statx(AT_FDCWD, path, 0, STATX_INO | STATX_BTIME, &found) != 0) return 0;
    *device = makedev(found.stx_dev_major, found.stx_dev_minor);
    *inode = found.stx_ino;
    *born = found.stx_mask & STATX_BTIME ? found.stx_btime.tv_sec * 1000000000LL + found.stx_btime.tv_nsec : 0;
    return 1;
}

/* What Swift's own module of the C library leaves out: everything that was written to the file system of an open file
   is on its disk once this returns. 0, or the number of the error. */
static inline int caravan_sync_disk(int descriptor) {
    return syncfs(descriptor) == 0 ? 0 : errno;
}
#endif
