#ifndef PLAIN_ROWS_H
#define PLAIN_ROWS_H
#include <stdint.h>

/* A row of the table `enrolment`: some 150 bytes. */
struct row {
    char id[37];
    char student[64];
    const char *institution;
    const char *programme;
    int64_t semester;
    int64_t credits;
    double grade;
    char enrolled[11];
};

/* Makes the row of that number: the same on every machine. Its key is a UUID, so rows in the order of their numbers are
   at random in the key's index. */
void row_make(uint64_t number, struct row *row);

/* The number of the row that is changed as the `index`-th of a round: no row twice in a round of at most `rows`, and
   spread over all of them. */
uint64_t row_changed(uint64_t index, uint64_t round, uint64_t rows);

/* Writes what the column `programme` of a row becomes in a round: another value than in every other round. */
void row_programme(uint64_t number, uint64_t round, char text[64]);
#endif
