#include "rows.h"
#include <stdio.h>

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *const given_names[] = {"Aigerim", "Bakyt", "Dilnoza", "Farrukh", "Gulnara", "Mei",
                                          "Nurlan",  "Parviz", "Wei",    "Zarina",  "Айжан",   "Руслан"};
static const char *const family_names[] = {"Abdullaev", "Bekova",  "Chen",     "Dzhaparov", "Ismailova", "Karimov",
                                           "Li",        "Rahimov", "Sadykova", "Zhang",     "Ким",       "Усманова"};
static const char *const institutions[] = {
    "Urumqi Vocational University", "Kazakh National Technical University", "Tajik National University",
    "Tashkent State Technical University", "Osh Technological University", "Xinjiang Institute of Engineering"};
static const char *const programmes[] = {
    "Welding and Metal Structures", "Railway Signalling", "Logistics Management", "Automotive Service",
    "Electrical Installation", "Agricultural Machinery", "Petroleum Technology", "Software Engineering"};

/* SplitMix64 (Steele, Lea and Flood, 2014): every number gives another. */
static uint64_t mix(uint64_t number) {
    number += 0x9e3779b97f4a7c15u;
    number = (number ^ (number >> 30)) * 0xbf58476d1ce4e5b9u;
    number = (number ^ (number >> 27)) * 0x94d049bb133111ebu;
    return number ^ (number >> 31);
}

/* Writes 16 digits. A printf for every row would weigh in a loop that is to be SQLite and nothing else. */
static void hexadecimal(uint64_t number, char digits[16]) {
    for (int place = 15; place >= 0; place--, number >>= 4) digits[place] = "0123456789abcdef"[number & 15];
}

static void make_key(uint64_t number, char id[37]) {
    char digits[32];
    hexadecimal(mix(2 * number), digits);
    hexadecimal(mix(2 * number + 1), digits + 16);
    digits[12] = '4';
    digits[16] = '8';
    int place = 0;
    for (int digit = 0; digit < 32; digit++) {
        if (digit == 8 || digit == 12 || digit == 16 || digit == 20) id[place++] = '-';
        id[place++] = digits[digit];
    }
    id[36] = 0;
}

static char *append(char *end, const char *text) {
    while (*text) *end++ = *text++;
    *end = 0;
    return end;
}

static char *append_two_digits(char *end, unsigned number) {
    *end++ = (char)('0' + number / 10 % 10);
    *end++ = (char)('0' + number % 10);
    *end = 0;
    return end;
}

void row_make(uint64_t number, struct row *row) {
    make_key(number, row->id);
    uint64_t chance = mix(~number);
    char *end = append(row->student, given_names[chance % COUNT(given_names)]);
    end = append(end, " ");
    end = append(end, family_names[(chance >> 8) % COUNT(family_names)]);
    end = append(end, ", group ");
    append_two_digits(end, (unsigned)((chance >> 16) % 100));
    row->institution = institutions[(chance >> 24) % COUNT(institutions)];
    row->programme = programmes[(chance >> 32) % COUNT(programmes)];
    row->semester = (int64_t)((chance >> 40) % 8 + 1);
    row->credits = (int64_t)((chance >> 44) % 240);
    // Quarters are the same real everywhere.
    row->grade = (double)((chance >> 52) % 401) / 4.0;
    end = append(row->enrolled, "20");
    end = append(append_two_digits(end, (unsigned)(15 + (chance >> 56) % 12)), "-");
    end = append(append_two_digits(end, (unsigned)((chance >> 20) % 12 + 1)), "-");
    append_two_digits(end, (unsigned)((chance >> 28) % 28 + 1));
}

uint64_t row_changed(uint64_t index, uint64_t round, uint64_t rows) {
    // A prime above any count of rows shares no divisor with it, so its multiples meet each row once.
    return (index * 2654435761u + mix(round) % rows) % rows;
}

void row_programme(uint64_t number, uint64_t round, char text[64]) {
    snprintf(text, 64, "%s, curriculum %u", programmes[mix(number ^ round << 40) % COUNT(programmes)], (unsigned)round);
}
