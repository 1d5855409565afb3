#ifndef CARAVAN_CXLSXWRITER_H
#define CARAVAN_CXLSXWRITER_H
#include <xlsxwriter.h>
#endif
