// What the files of this room tell each other.

#pragma once

#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE 1
#endif
#define NCURSES_WIDECHAR 1
#if defined(__APPLE__)
#define _XOPEN_SOURCE_EXTENDED 1
#endif

#include "CTerminal.h"

#include <curses.h>
#include <signal.h>
#include <stddef.h>
#include <termios.h>

// Pairs beyond 32767 and colours beyond 255 came with ncurses 6.1.
#if defined(NCURSES_VERSION_PATCH) && NCURSES_VERSION_PATCH >= 20180127
#define HAVE_EXTENDED_PAIRS 1
#endif

// The one terminal.
typedef struct {
  // Open on the controlling terminal, or -1.
  int fd;
  FILE *in, *out;
  SCREEN *screen;
  // Keys are read through a pad: unlike a window, it is never refreshed by reading from it.
  WINDOW *keys;
  struct termios saved;
  bool running, mouse, paste;
  int32_t colours;
  bool utf8;
} Terminal;

extern Terminal terminal;

// probe.c
CTStart probe_term(int fd);
bool terminal_has(const char *capability);

// output.c
void forget_pairs(void);

// capture.c: what is written to stderr while the screen is taken
bool capture_begin(void);
void capture_end(void);

// signals.c
bool signals_begin(void);
void signals_end(void);
// Readable when a signal has come.
int signals_fd(void);
// Notes the signals that have come in `signals_came`.
void signals_drain(void);
typedef struct {
  bool resized, stopped, continued;
  // The signal that asks for the end, or 0.
  int quit;
} Signals;
extern Signals signals_came;
void signals_answered(void);
void stop_by_default(void);
void raise_by_default(int signal);

// crash.c: giving the terminal back when nothing else works any more
void crash_begin(void);
void crash_end(void);
// Only calls what a signal handler may call.
void crash_restore(void);

// lifecycle.c
void paste_mode(bool on);
void drag_mode(bool on);
void suspend(void);
void resume(void);

void write_all(int fd, const char *bytes, size_t length);
