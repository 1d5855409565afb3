#ifndef CARAVAN_CZSTD_H
#define CARAVAN_CZSTD_H
#include <zstd.h>
#include <zstd_errors.h>
#endif
