// Gives the terminal back when the program crashes, and only then lets it die.
//
// endwin may not be called from a signal handler, so what it would send is prepared at the start.

#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char farewell[512];
static size_t farewell_length;

// A stack overflow leaves no stack to run a handler on.
static char spare_stack[64 * 1024];
static stack_t stack_before;

// Swift's own handler prints a backtrace, but on a terminal it then asks questions and keeps the
// shell waiting for half a minute. Whoever sets this variable wants it.
static bool wants_backtrace;

typedef struct {
  int number;
  struct sigaction before;
} Fatal;

static Fatal all[] = {{SIGSEGV}, {SIGBUS}, {SIGILL}, {SIGTRAP}, {SIGFPE}, {SIGABRT}};
enum { count = sizeof all / sizeof all[0] };

static void append(const char *bytes) {
  while (*bytes != '\0' && farewell_length < sizeof farewell) {
    // Terminfo may ask for a pause, $<5>, which no terminal of today needs.
    if (bytes[0] == '$' && bytes[1] == '<' && strchr(bytes, '>') != NULL) {
      bytes = strchr(bytes, '>') + 1;
    } else {
      farewell[farewell_length++] = *bytes++;
    }
  }
}

static void prepare_farewell(void) {
  static const char *const capabilities[] = {"sgr0", "op", "cnorm", "rmkx", "rmcup"};
  farewell_length = 0;
  if (terminal_has("kmous")) append("\033[?1003l\033[?1002l\033[?1000l\033[?1006l\033[?2004l");
  for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++) {
    if (terminal.colours == 0 && strcmp(capabilities[i], "op") == 0) continue;
    if (terminal_has(capabilities[i])) append(tigetstr((char *)capabilities[i]));
  }
  if (!terminal_has("rmcup")) append("\r\n");
}

void crash_restore(void) {
  if (!terminal.running) return;
  terminal.running = false;
  // Else a program that crashes in the background would be stopped instead.
  signal(SIGTTOU, SIG_IGN);
  write_all(terminal.fd, farewell, farewell_length);
  tcsetattr(terminal.fd, TCSANOW, &terminal.saved);
  capture_end();
}

static void on_crash(int number, siginfo_t *info, void *context) {
  (void)context;
  crash_restore();
  // One that was sent by somebody has no fault to come back to, and whoever writes backtraces
  // would let the program go on.
  bool is_fault = info->si_code != SI_USER;
  for (int i = 0; i < count; i++) {
    if (all[i].number != number || !wants_backtrace || !is_fault) continue;
    sigaction(number, &all[i].before, NULL);
    raise(number);
    return;
  }
  raise_by_default(number);
}

void crash_begin(void) {
  prepare_farewell();
  const char *wish = getenv("SWIFT_BACKTRACE");
  wants_backtrace = wish != NULL && *wish != '\0';
  stack_t spare = {.ss_sp = spare_stack, .ss_size = sizeof spare_stack};
  sigaltstack(&spare, &stack_before);
  struct sigaction ours = {.sa_sigaction = on_crash, .sa_flags = SA_ONSTACK | SA_SIGINFO};
  sigemptyset(&ours.sa_mask);
  for (int i = 0; i < count; i++) sigaction(all[i].number, &ours, &all[i].before);
}

void crash_end(void) {
  for (int i = 0; i < count; i++) sigaction(all[i].number, &all[i].before, NULL);
  sigaltstack(&stack_before, NULL);
}
