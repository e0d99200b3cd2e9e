// Preloaded by `kill-at-writes`: of the calls by which `plimsoll` changes files, the one of number
// PLIMSOLL_KILL_AT is not made, and the process is killed instead. How many it made is told at the end.
// Other programs that it starts are left alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static atomic_long made;
static long last = -1;

__attribute__((constructor)) static void begin(void) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  if (length < 0) return;
  path[length] = 0;
  const char *number = getenv("PLIMSOLL_KILL_AT");
  if (number != NULL && strcmp(path + length - strlen("/plimsoll"), "/plimsoll") == 0) last = atol(number);
}

__attribute__((destructor)) static void tell(void) {
  if (last == 0) dprintf(STDERR_FILENO, "calls: %ld\n", atomic_load(&made));
}

static void count(void) {
  if (last >= 0 && atomic_fetch_add(&made, 1) + 1 == last) kill(getpid(), SIGKILL);
}

/// Results on standard output and error are no files.
static void count_file(int file) {
  if (file > STDERR_FILENO) count();
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int file, const void *bytes, size_t size) {
  count_file(file);
  return NEXT(write)(file, bytes, size);
}

ssize_t writev(int file, const struct iovec *parts, int number) {
  count_file(file);
  return NEXT(writev)(file, parts, number);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) {
  count_file(file);
  return NEXT(pwrite)(file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset) {
  count_file(file);
  return NEXT(pwrite64)(file, bytes, size, offset);
}

int rename(const char *from, const char *to) {
  count();
  return NEXT(rename)(from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  count();
  return NEXT(renameat2)(from_folder, from, to_folder, to, flags);
}

int link(const char *from, const char *to) {
  count();
  return NEXT(link)(from, to);
}

int unlink(const char *path) {
  count();
  return NEXT(unlink)(path);
}

int unlinkat(int folder, const char *path, int flags) {
  count();
  return NEXT(unlinkat)(folder, path, flags);
}

int rmdir(const char *path) {
  count();
  return NEXT(rmdir)(path);
}

int mkdir(const char *path, mode_t mode) {
  count();
  return NEXT(mkdir)(path, mode);
}

int fsync(int file) {
  count();
  return NEXT(fsync)(file);
}

int ftruncate64(int file, off64_t size) {
  count();
  return NEXT(ftruncate64)(file, size);
}

#define OPEN(name)                                                     \
  int name(const char *path, int flags, ...) {                         \
    mode_t mode = 0;                                                   \
    if (flags & (O_CREAT | O_TMPFILE)) {                               \
      va_list more;                                                    \
      va_start(more, flags);                                           \
      mode = va_arg(more, mode_t);                                     \
      va_end(more);                                                    \
      count();                                                         \
    }                                                                  \
    return NEXT(name)(path, flags, mode);                              \
  }
OPEN(open)
OPEN(open64)
