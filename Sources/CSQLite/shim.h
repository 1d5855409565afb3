#ifndef CARAVAN_CSQLITE_H
#define CARAVAN_CSQLITE_H
#include <sqlite3.h>

/* Variadic in C, so Swift cannot call it. Returns the result code; `now` receives the setting in force (0 or 1). */
static inline int caravan_db_config(sqlite3 *db, int option, int on, int *now) {
    return sqlite3_db_config(db, option, on, now);
}
#endif
