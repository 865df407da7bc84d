// Keeps what is written to stderr until the terminal has been given back.
//
// Printed at once it would land in the middle of the picture and vanish with it, and the last words of
// a crash are what its author most needs.

#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static int kept = -1;
static int original = -1;

static int nameless_file(void) {
#if defined(__linux__)
  return memfd_create("stderr", MFD_CLOEXEC);
#else
  char path[1024] = "/tmp/stderr.XXXXXX";
  const char *folder = getenv("TMPDIR");
  if (folder != NULL && strlen(folder) < sizeof path - 32) {
    strcpy(path, folder);
    strcat(path, "/stderr.XXXXXX");
  }
  int fd = mkstemp(path);
  if (fd >= 0) {
    unlink(path);
    fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
  return fd;
#endif
}

bool capture_begin(void) {
  // Redirected to a file or a pipe, it does not disturb the picture.
  if (!isatty(STDERR_FILENO)) return true;
  kept = nameless_file();
  original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (kept < 0 || original < 0 || dup2(kept, STDERR_FILENO) < 0) {
    int reason = errno;
    if (kept >= 0) close(kept);
    if (original >= 0) close(original);
    kept = original = -1;
    errno = reason;
    return false;
  }
  return true;
}

// Called by signal handlers too.
void capture_end(void) {
  if (original < 0) return;
  dup2(original, STDERR_FILENO);
  char bytes[4096];
  off_t from = 0;
  ssize_t count;
  while ((count = pread(kept, bytes, sizeof bytes, from)) > 0) {
    write_all(STDERR_FILENO, bytes, (size_t)count);
    from += count;
  }
  close(kept);
  close(original);
  kept = original = -1;
}

void write_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t count = write(fd, bytes, length);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    bytes += count;
    length -= (size_t)count;
  }
}
