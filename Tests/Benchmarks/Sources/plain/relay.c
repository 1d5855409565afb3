#include "database.h"
#include "process.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static struct sockaddr_in loopback(int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

static int must(int outcome, const char *what) {
    if (outcome < 0) fail(what, strerror(errno));
    return outcome;
}

static void pass_at_once(int connection) {
    int on = 1;
    setsockopt(connection, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

/* Passes on what there is. Returns how many bytes; 0 once no more will come, which the other side is told. */
static size_t pass(int from, int to) {
    static char bytes[1 << 18];
    ssize_t count = read(from, bytes, sizeof bytes);
    for (ssize_t sent = 0; sent < count;) {
        ssize_t more = send(to, bytes + sent, (size_t)(count - sent), MSG_NOSIGNAL);
        // Whoever has gone reads no more: what is still sent to it counts all the same.
        if (more < 0) break;
        sent += more;
    }
    if (count > 0) return (size_t)count;
    shutdown(to, SHUT_WR);
    return 0;
}

/* Passes bytes on both ways until both sides have ended. */
static void serve(int near, int far) {
    struct pollfd sides[2] = {{.fd = near, .events = POLLIN}, {.fd = far, .events = POLLIN}};
    unsigned long long counts[2] = {0, 0};
    while (sides[0].fd >= 0 || sides[1].fd >= 0) {
        must(poll(sides, 2, -1), "poll");
        for (int side = 0; side < 2; side++) {
            if (sides[side].fd < 0 || !sides[side].revents) continue;
            size_t count = pass(side == 0 ? near : far, side == 0 ? far : near);
            counts[side] += count;
            // poll(2) leaves out what is negative.
            if (count == 0) sides[side].fd = -1;
        }
    }
    close(near);
    close(far);
    printf("%llu %llu\n", counts[0], counts[1]);
    fflush(stdout);
}

int relay_run(const char *port) {
    struct sockaddr_in own = loopback(0), target = loopback(atoi(port));
    socklen_t length = sizeof own;
    int listener = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
    must(bind(listener, (struct sockaddr *)&own, sizeof own), "bind");
    must(listen(listener, 8), "listen");
    must(getsockname(listener, (struct sockaddr *)&own, &length), "getsockname");
    printf("%d\n", ntohs(own.sin_port));
    fflush(stdout);
    struct pollfd waiting[2] = {{.fd = listener, .events = POLLIN}, {.fd = STDIN_FILENO, .events = POLLIN}};
    while (poll(waiting, 2, -1) > 0 && !waiting[1].revents) {
        int near = must(accept(listener, NULL, NULL), "accept");
        int far = must(socket(AF_INET, SOCK_STREAM, 0), "socket");
        must(connect(far, (struct sockaddr *)&target, sizeof target), "connect");
        pass_at_once(near);
        pass_at_once(far);
        serve(near, far);
    }
    return 0;
}
