#include "watch.h"

#if defined(PLIMSOLL_WATCHES_MEMORY)

#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static size_t append(char *text, size_t length, const char *more) {
  size_t count = strlen(more);
  memcpy(text + length, more, count);
  return length + count;
}

static size_t append_megabytes(char *text, size_t length, unsigned long long value) {
  char digits[24];
  size_t first = sizeof digits - 1;
  digits[first] = 0;
  do {
    digits[--first] = (char)('0' + value % 10);
    value /= 10;
  } while (value > 0);
  return append(text, append(text, length, digits + first), " MB");
}

/// The address space in use, in bytes; 0 where the system does not say (proc(5), statm).
static unsigned long long held(void) {
  char text[64];
  int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;
  ssize_t count = read(file, text, sizeof text);
  close(file);
  unsigned long long pages = 0;
  for (ssize_t at = 0; at < count && text[at] >= '0' && text[at] <= '9'; at++) {
    pages = pages * 10 + (unsigned long long)(text[at] - '0');
  }
  return pages * (unsigned long long)sysconf(_SC_PAGESIZE);
}

_Noreturn void plimsoll_out_of_memory(size_t wanted) {
  char text[512];
  unsigned long long needed = held() + wanted;
  struct rlimit limit;
  int is_limited = getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY;
  // What is asked for is taken in larger blocks: by itself it may look as if there were room.
  if (is_limited && needed <= limit.rlim_cur) needed = limit.rlim_cur + wanted;
  size_t length = append(text, 0, "error: memory: at least ");
  // Rounded up, and the limit down: what is needed is never the limit itself.
  length = append_megabytes(text, length, needed / 1000000 + 1);
  length = append(text, length, " are needed");
  if (is_limited) {
    length = append(text, length, ", and the limit is ");
    length = append_megabytes(text, length, limit.rlim_cur / 1000000);
  }
  length = append(
      text, length,
      " (memory.limit)\n  remedy: raise the limit (ulimit -v), or plan fewer groups or hours\n");
  ssize_t written = write(STDERR_FILENO, text, length);
  (void)written;
  _exit(1);
}

#endif
