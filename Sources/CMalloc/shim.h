#ifndef CARAVAN_CMALLOC_H
#define CARAVAN_CMALLOC_H

// What Swift's own module of the C library leaves out.

#ifdef __linux__
#include <malloc.h>
#endif

static inline void caravan_keep_one_heap(void) {
#ifdef M_ARENA_MAX
    mallopt(M_ARENA_MAX, 1);
#endif
}

#endif
