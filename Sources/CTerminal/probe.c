// Whether TERM names a terminal that a picture can be drawn on.
//
// newterm would find out too, but only after it has begun to send things.

#include "internal.h"

#include <stdlib.h>
#include <string.h>
// Last, and only here: it defines hundreds of lower-case macros.
#include <term.h>

bool terminal_has(const char *capability) {
  const char *value = tigetstr((char *)capability);
  return value != NULL && value != (const char *)-1 && *value != '\0';
}

static CTStart look_up(const char *name, int fd) {
  int found = 0;
  CTStart result = CTStartUnknownName;
  if (setupterm((char *)name, fd, &found) == OK) {
    result = terminal_has("cup") && terminal_has("clear") ? CTStartRunning : CTStartDumb;
    del_curterm(cur_term);
  } else if (found == 1) {
    result = CTStartDumb;
  }
  return result;
}

// Newer terminals have names that older systems have not heard of, and understand what xterm does.
static bool resembles_xterm(const char *name) {
  return strstr(name, "xterm") || strstr(name, "256color") || strcmp(name, "alacritty") == 0 ||
         strcmp(name, "foot") == 0;
}

CTStart probe_term(int fd) {
  const char *name = getenv("TERM");
  if (name == NULL || *name == '\0') return CTStartNoName;
  CTStart result = look_up(name, fd);
  if (result == CTStartUnknownName && resembles_xterm(name) &&
      look_up("xterm-256color", fd) == CTStartRunning) {
    setenv("TERM", "xterm-256color", 1);
    return CTStartRunning;
  }
  return result;
}

const char *ct_term(void) {
  const char *name = getenv("TERM");
  return name != NULL ? name : "";
}
