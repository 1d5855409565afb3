#ifndef CARAVAN_CLIBEDIT_H
#define CARAVAN_CLIBEDIT_H
#include <histedit.h>
#include <stdio.h>
#include <unistd.h>

// What Swift cannot call: functions with a variable number of arguments.

static inline EditLine *caravan_edit_begin(void) {
    // Where results go into a file, the line is edited where messages are shown.
    return el_init("caravan", stdin, isatty(1) ? stdout : stderr, stderr);
}

static inline int caravan_edit_on(EditLine *edit, void *client, char *(*prompt)(EditLine *)) {
    return el_set(edit, EL_CLIENTDATA, client) | el_set(edit, EL_PROMPT, prompt) | el_set(edit, EL_EDITOR, "emacs");
}

static inline void *caravan_edit_client(EditLine *edit) {
    void *client = 0;
    el_get(edit, EL_CLIENTDATA, &client);
    return client;
}

static inline int caravan_edit_complete(EditLine *edit, unsigned char (*complete)(EditLine *, int)) {
    return el_set(edit, EL_ADDFN, "caravan-complete", "Completes a word", complete)
        | el_set(edit, EL_BIND, "\t", "caravan-complete", (char *)0);
}

static inline int caravan_edit_history(EditLine *edit, History *past, int count) {
    HistEvent event;
    return history(past, &event, H_SETSIZE, count) | history(past, &event, H_SETUNIQUE, 1)
        | el_set(edit, EL_HIST, history, past);
}

static inline int caravan_history_load(History *past, const char *path) {
    HistEvent event;
    return history(past, &event, H_LOAD, path);
}

static inline int caravan_history_save(History *past, const char *path) {
    HistEvent event;
    return history(past, &event, H_SAVE, path);
}

static inline int caravan_history_enter(History *past, const char *line) {
    HistEvent event;
    return history(past, &event, H_ENTER, line);
}

#endif
