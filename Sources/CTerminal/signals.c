// Signals are turned into bytes in a pipe, so that they are handled between frames and not within one.
//
// ncurses would install handlers of its own for three of these; it leaves alone what is already taken.

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/select.h>
#include <unistd.h>

Signals signals_came;

static int ends[2] = {-1, -1};

// How often Ctrl-C has been pressed since the program last looked.
static volatile sig_atomic_t unanswered;

// A program that does not look any more can still be interrupted: this many times means it.
enum { patience = 3 };

typedef struct {
  int number;
  bool taken;
  struct sigaction before;
} Taken;

static Taken all[] = {
    {SIGINT}, {SIGTERM}, {SIGHUP}, {SIGQUIT}, {SIGWINCH}, {SIGTSTP}, {SIGCONT},
};
enum { count = sizeof all / sizeof all[0] };

static void note(int number) {
  int reason = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(ends[1], &byte, 1);
  (void)written;  // A full pipe holds more signals than anybody needs to hear of.
  if (number == SIGINT && ++unanswered >= patience) {
    crash_restore();
    raise_by_default(number);
  }
  errno = reason;
}

static void restore(Taken *one) {
  if (one->taken) sigaction(one->number, &one->before, NULL);
  one->taken = false;
}

bool signals_begin(void) {
  if (pipe(ends) != 0) return false;
  for (int i = 0; i < 2; i++) {
    fcntl(ends[i], F_SETFL, O_NONBLOCK);
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  }
  signals_came = (Signals){0};
  unanswered = 0;
  struct sigaction ours = {.sa_handler = note, .sa_flags = SA_RESTART};
  sigemptyset(&ours.sa_mask);
  for (int i = 0; i < count; i++) {
    // What our parent had us ignore (nohup, a shell without job control) stays ignored.
    sigaction(all[i].number, NULL, &all[i].before);
    if (all[i].before.sa_handler == SIG_IGN && all[i].number != SIGWINCH) continue;
    all[i].taken = sigaction(all[i].number, &ours, NULL) == 0;
  }
  return true;
}

void signals_end(void) {
  for (int i = 0; i < count; i++) restore(&all[i]);
  for (int i = 0; i < 2; i++) {
    if (ends[i] >= 0) close(ends[i]);
    ends[i] = -1;
  }
}

int signals_fd(void) { return ends[0]; }

void signals_answered(void) {
  unanswered = 0;
  signals_came.quit = 0;
}

void signals_drain(void) {
  unsigned char bytes[64];
  ssize_t length;
  while ((length = read(ends[0], bytes, sizeof bytes)) > 0) {
    for (ssize_t i = 0; i < length; i++) {
      switch (bytes[i]) {
      case SIGWINCH: signals_came.resized = true; break;
      case SIGTSTP: signals_came.stopped = true; break;
      case SIGCONT: signals_came.continued = true; break;
      default: signals_came.quit = bytes[i];
      }
    }
  }
}

// Stops the process as if nobody had caught SIGTSTP; returns when it is continued.
void stop_by_default(void) {
  struct sigaction before, plain = {.sa_handler = SIG_DFL};
  sigemptyset(&plain.sa_mask);
  sigaction(SIGTSTP, &plain, &before);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &before, NULL);
}

// Lets a signal do what it does to a program that knows nothing of it. Within its own handler that
// happens as soon as the handler returns.
void raise_by_default(int number) {
  struct sigaction plain = {.sa_handler = SIG_DFL};
  sigemptyset(&plain.sa_mask);
  sigaction(number, &plain, NULL);
  raise(number);
}
