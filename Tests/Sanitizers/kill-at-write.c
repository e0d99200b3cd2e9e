// Preloaded by `kill-at-writes`: counts the calls by which `plimsoll` changes files.
//
// PLIMSOLL_KILL_AT=N: call N is not made, and the process is killed instead.
// PLIMSOLL_FULL_AT=N: from call N on the disk is full: what would add to it fails.
//
// 0 only counts. How many there were is reported at the end. Other programs that it starts are left alone.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
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
static long kill_at = -1, full_at = -1;

static long number(const char *name) {
  const char *text = getenv(name);
  return text == NULL ? -1 : atol(text);
}

__attribute__((constructor)) static void begin(void) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  const char *last = "/plimsoll";
  if (length < (ssize_t)strlen(last)) return;
  path[length] = 0;
  if (strcmp(path + length - strlen(last), last) != 0) return;
  kill_at = number("PLIMSOLL_KILL_AT");
  full_at = number("PLIMSOLL_FULL_AT");
}

__attribute__((destructor)) static void report(void) {
  if (kill_at == 0 || full_at == 0) dprintf(STDERR_FILENO, "calls: %ld\n", atomic_load(&made));
}

/// Whether the disk is full by now.
static int count(void) {
  if (kill_at < 0 && full_at < 0) return 0;
  long call = atomic_fetch_add(&made, 1) + 1;
  if (call == kill_at) {
    kill(getpid(), SIGKILL);
    for (;;) pause();
  }
  return full_at > 0 && call >= full_at;
}

/// Results on standard output and error are no files.
static int count_file(int file) { return file > STDERR_FILENO ? count() : 0; }

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
#define FULL(type) return errno = ENOSPC, (type)-1

// What adds to the disk.
ssize_t write(int file, const void *bytes, size_t size) {
  if (count_file(file)) FULL(ssize_t);
  return NEXT(write)(file, bytes, size);
}

ssize_t writev(int file, const struct iovec *parts, int number) {
  if (count_file(file)) FULL(ssize_t);
  return NEXT(writev)(file, parts, number);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset) {
  if (count_file(file)) FULL(ssize_t);
  return NEXT(pwrite)(file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset) {
  if (count_file(file)) FULL(ssize_t);
  return NEXT(pwrite64)(file, bytes, size, offset);
}

ssize_t sendfile64(int to, int from, off64_t *offset, size_t size);
ssize_t sendfile64(int to, int from, off64_t *offset, size_t size) {
  if (count_file(to)) FULL(ssize_t);
  return NEXT(sendfile64)(to, from, offset, size);
}

ssize_t sendfile(int to, int from, off_t *offset, size_t size);
ssize_t sendfile(int to, int from, off_t *offset, size_t size) {
  if (count_file(to)) FULL(ssize_t);
  return NEXT(sendfile)(to, from, offset, size);
}

ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *place, size_t size, unsigned flags) {
  if (count_file(to)) FULL(ssize_t);
  return NEXT(copy_file_range)(from, at, to, place, size, flags);
}

size_t fwrite(const void *bytes, size_t size, size_t number, FILE *file) {
  if (file != stdout && file != stderr && count()) return errno = ENOSPC, 0;
  return NEXT(fwrite)(bytes, size, number, file);
}

int fflush(FILE *file) {
  if (file != NULL && file != stdout && file != stderr && count()) FULL(int);
  return NEXT(fflush)(file);
}

int fclose(FILE *file) {
  // Closed all the same, as the system does.
  int full = file != stdout && file != stderr && count(), result = NEXT(fclose)(file);
  if (full) FULL(int);
  return result;
}

int fsync(int file) {
  if (count()) FULL(int);
  return NEXT(fsync)(file);
}

int fdatasync(int file) {
  if (count()) FULL(int);
  return NEXT(fdatasync)(file);
}

int mkdir(const char *path, mode_t mode) {
  if (count()) FULL(int);
  return NEXT(mkdir)(path, mode);
}

int symlink(const char *to, const char *path) {
  if (count()) FULL(int);
  return NEXT(symlink)(to, path);
}

int link(const char *from, const char *to) {
  if (count()) FULL(int);
  return NEXT(link)(from, to);
}

int linkat(int from_folder, const char *from, int to_folder, const char *to, int flags) {
  if (count()) FULL(int);
  return NEXT(linkat)(from_folder, from, to_folder, to, flags);
}

int rename(const char *from, const char *to) {
  if (count()) FULL(int);
  return NEXT(rename)(from, to);
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  if (count()) FULL(int);
  return NEXT(renameat2)(from_folder, from, to_folder, to, flags);
}

#define OPEN(name)                                                     \
  int name(const char *path, int flags, ...) {                         \
    mode_t mode = 0;                                                   \
    if (flags & (O_CREAT | O_TMPFILE)) {                               \
      va_list more;                                                    \
      va_start(more, flags);                                           \
      mode = va_arg(more, mode_t);                                     \
      va_end(more);                                                    \
    }                                                                  \
    if (flags & (O_CREAT | O_TRUNC) && count() && flags & O_CREAT) FULL(int); \
    return NEXT(name)(path, flags, mode);                              \
  }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                   \
  int name(int folder, const char *path, int flags, ...) {             \
    mode_t mode = 0;                                                   \
    if (flags & (O_CREAT | O_TMPFILE)) {                               \
      va_list more;                                                    \
      va_start(more, flags);                                           \
      mode = va_arg(more, mode_t);                                     \
      va_end(more);                                                    \
    }                                                                  \
    if (flags & (O_CREAT | O_TRUNC) && count() && flags & O_CREAT) FULL(int); \
    return NEXT(name)(folder, path, flags, mode);                      \
  }
OPENAT(openat)
OPENAT(openat64)

#define FOPEN(name)                                                    \
  FILE *name(const char *path, const char *mode) {                     \
    if (mode[0] != 'r' && count()) return errno = ENOSPC, NULL;        \
    return NEXT(name)(path, mode);                                     \
  }
FOPEN(fopen)
FOPEN(fopen64)

// What does not, and goes on where the disk is full.
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

int ftruncate(int file, off_t size) {
  count();
  return NEXT(ftruncate)(file, size);
}

int ftruncate64(int file, off64_t size) {
  count();
  return NEXT(ftruncate64)(file, size);
}

int chmod(const char *path, mode_t mode) {
  count();
  return NEXT(chmod)(path, mode);
}

int fchmod(int file, mode_t mode) {
  count();
  return NEXT(fchmod)(file, mode);
}
