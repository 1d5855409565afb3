#ifndef CARAVAN_CZIP_H
#define CARAVAN_CZIP_H
#include <zip.h>
#endif
