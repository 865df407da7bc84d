// Taking the terminal over, giving it back, and lending it to the shell in between.

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

Terminal terminal = {.fd = -1};

static const char *wanted_locale(void) {
  static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
  for (size_t i = 0; i < 3; i++) {
    const char *value = getenv(names[i]);
    if (value != NULL && *value != '\0') return value;
  }
  return NULL;
}

// Only how characters are written is the user's choice here: numbers keep their decimal point.
static bool choose_encoding(void) {
  const char *wanted = wanted_locale();
  // Containers and remote logins often have no locale, or one that is not installed.
  if (wanted == NULL || (setlocale(LC_CTYPE, "") == NULL && strcasestr(wanted, "utf"))) {
    static const char *const any[] = {"C.UTF-8", "UTF-8", "en_US.UTF-8"};
    for (size_t i = 0; i < 3 && setlocale(LC_CTYPE, any[i]) == NULL; i++) continue;
  }
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

static FILE *open_again(int fd, const char *mode) {
  int copy = fcntl(fd, F_DUPFD_CLOEXEC, 3);
  FILE *file = copy >= 0 ? fdopen(copy, mode) : NULL;
  if (file == NULL && copy >= 0) close(copy);
  return file;
}

static void release(void) {
  if (terminal.in != NULL) fclose(terminal.in);
  if (terminal.out != NULL) fclose(terminal.out);
  if (terminal.fd >= 0) close(terminal.fd);
  terminal = (Terminal){.fd = -1};
}

static void define_keys(void);

static void set_modes(bool colour) {
  cbreak();
  noecho();
  nonl();
  curs_set(0);
  leaveok(stdscr, TRUE);
  set_escdelay(50);
  if (colour && has_colors()) {
    start_color();
    use_default_colors();
    terminal.colours = COLORS;
  }
  terminal.keys = newpad(1, 1);
  keypad(terminal.keys, TRUE);
  nodelay(terminal.keys, TRUE);
  define_keys();
  // Else a press is held back in case it becomes a double click.
  mouseinterval(0);
}

CTStart ct_start(bool mouse, bool colour) {
  static bool registered;
  if (terminal.running) return CTStartRunning;
  release();
  terminal.fd = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (terminal.fd < 0) return CTStartNoTerminal;
  CTStart probed = probe_term(terminal.fd);
  if (probed != CTStartRunning) {
    release();
    return probed;
  }
  terminal.utf8 = choose_encoding();
  terminal.in = open_again(terminal.fd, "r");
  terminal.out = open_again(terminal.fd, "w");
  if (terminal.in == NULL || terminal.out == NULL ||
      tcgetattr(terminal.fd, &terminal.saved) != 0 || !signals_begin()) {
    release();
    return CTStartFailed;
  }
  if (!registered) registered = atexit(ct_stop) == 0;

  // The size is the terminal's own, whatever LINES and COLUMNS say.
  use_env(FALSE);
#if defined(NCURSES_VERSION_PATCH) && NCURSES_VERSION_PATCH >= 20120421
  use_tioctl(TRUE);
#endif
  if (!capture_begin() || (terminal.screen = newterm(NULL, terminal.out, terminal.in)) == NULL) {
    int reason = errno;
    capture_end();
    signals_end();
    release();
    errno = reason;
    return CTStartFailed;
  }
  forget_pairs();
  set_modes(colour);
  crash_begin();
  terminal.running = true;
  ct_set_mouse(mouse);
  paste_mode(true);
  return CTStartRunning;
}

void ct_stop(void) {
  if (!terminal.running) return;
  bool mouse = terminal.mouse;
  ct_set_mouse(false);
  paste_mode(false);
  endwin();
  terminal.running = false;
  tcsetattr(terminal.fd, TCSADRAIN, &terminal.saved);
  // A wheel that is still turning would be typed into the shell.
  if (mouse) tcflush(terminal.fd, TCIFLUSH);
  crash_end();
  signals_end();
  delwin(terminal.keys);
  delscreen(terminal.screen);
  release();
  capture_end();
}

void ct_die(int32_t number) {
  ct_stop();
  fflush(NULL);
  raise_by_default(number);
  _exit(128 + number);
}

void ct_set_mouse(bool on) {
  if (!terminal.running) return;
  if (!on) drag_mode(false);
  terminal.mouse = on;
  mousemask(on ? ALL_MOUSE_EVENTS | REPORT_MOUSE_POSITION : 0, NULL);
  drag_mode(on);
}

// Asks the terminal to tell of motions while a button is held; ncurses asks for presses and releases only.
void drag_mode(bool on) {
  if (!terminal.mouse || !terminal_has("kmous")) return;
  const char *request = on ? "\033[?1002h" : "\033[?1002l";
  write_all(terminal.fd, request, strlen(request));
}

// Asks the terminal to mark what is pasted, so that a pasted `q` does not quit. Terminals that know
// nothing of it, but something of the mouse, ignore the request.
void paste_mode(bool on) {
  if (!terminal_has("kmous")) return;
  const char *request = on ? "\033[?2004h" : "\033[?2004l";
  write_all(terminal.fd, request, strlen(request));
}

// Ctrl-Z: the shell has the terminal until the program is continued.
void suspend(void) {
  paste_mode(false);
  drag_mode(false);
  endwin();
  stop_by_default();
  resume();
}

// The shell, or whatever had the terminal, has left its own modes and text.
void resume(void) {
  if (tcgetpgrp(terminal.fd) != getpgrp()) return;
  if (!isendwin()) endwin();
  clearok(curscr, TRUE);
  wnoutrefresh(stdscr);
  doupdate();
  paste_mode(true);
  drag_mode(true);
}

// Keys that some terminals send in another form than their description has, and the marks of a paste.
static void define_keys(void) {
  static const struct {
    const char *bytes;
    int code;
  } more[] = {
      {"\033[A", KEY_UP},      {"\033[B", KEY_DOWN},  {"\033[C", KEY_RIGHT}, {"\033[D", KEY_LEFT},
      {"\033OA", KEY_UP},      {"\033OB", KEY_DOWN},  {"\033OC", KEY_RIGHT}, {"\033OD", KEY_LEFT},
      {"\033[H", KEY_HOME},    {"\033[F", KEY_END},   {"\033OH", KEY_HOME},  {"\033OF", KEY_END},
      {"\033[1~", KEY_HOME},   {"\033[4~", KEY_END},  {"\033[3~", KEY_DC},   {"\033[5~", KEY_PPAGE},
      {"\033[6~", KEY_NPAGE},  {"\033[Z", KEY_BTAB},  {"\033OP", KEY_F(1)},  {"\033OQ", KEY_F(2)},
      {"\033OR", KEY_F(3)},    {"\033OS", KEY_F(4)},  {"\033[15~", KEY_F(5)},
      {"\033[200~", KEY_MAX + 1}, {"\033[201~", KEY_MAX + 2},
  };
  for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
    if (key_defined(more[i].bytes) <= 0) define_key(more[i].bytes, more[i].code);
  }
}
