// SPDX-License-Identifier: BSD-3-Clause
#include "lab.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int lab_dial(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strcpy(address.sun_path, lab_socket);
    int fd = socket(AF_UNIX, SOCK_STREAM, 0);
    if (connect(fd, (struct sockaddr *)&address, sizeof address)) {
        close(fd);
        return -1;
    }
    return fd;
}

const char *lab_hear(int fd, int timeout_ms)
{
    static char text[TCI_ANSWER_BYTES_MAX];
    size_t used = 0;
    struct pollfd waiting = {.fd = fd, .events = POLLIN};
    while (used < sizeof text - 1 && poll(&waiting, 1, timeout_ms) > 0) {
        ssize_t n = read(fd, text + used, 1);
        if (n <= 0 || text[used] == '\n')
            break;
        used++;
    }
    text[used] = 0;
    return text;
}

const char *lab_ask(const char *line)
{
    int fd = lab_dial();
    const char *answer = "";
    if (fd >= 0 && write(fd, line, strlen(line)) == (ssize_t)strlen(line) && write(fd, "\n", 1) == 1)
        answer = lab_hear(fd, 5000);
    close(fd);
    return answer;
}

long lab_ping(const char *member)
{
    json_error_t where;
    json_t *answer = json_loads(lab_ask("{\"command\":\"ping\"}"), 0, &where);
    json_int_t value = json_integer_value(json_object_get(answer, member));
    json_decref(answer);
    return (long)value;
}
