#ifndef CARAVAN_CQRENCODE_H
#define CARAVAN_CQRENCODE_H
#include <qrencode.h>
#endif
