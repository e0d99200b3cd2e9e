#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "cprocess.h"
#include "guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif

extern char **environ;

/// Every descriptor but the standard ones closes when the program starts.
static void close_others(void) {
#if defined(__linux__) && defined(SYS_close_range)
  // CLOSE_RANGE_CLOEXEC; the number is not in the headers of older systems.
  if (syscall(SYS_close_range, 3u, ~0u, 4u) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  for (int number = 3; number < (most > 0 && most < 65536 ? most : 65536); number++) {
    int flags = fcntl(number, F_GETFD);
    if (flags >= 0) fcntl(number, F_SETFD, flags | FD_CLOEXEC);
  }
}

/// Handlers do not survive `execve`; what is ignored or blocked would.
static void reset_signals(void) {
  for (int number = 1; number < 32; number++) {
    if (number != SIGKILL && number != SIGSTOP) signal(number, SIG_DFL);
  }
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

/// A descriptor above the standard ones, so that placing another does not overwrite it; of the null
/// device where there is none.
static int above_standard(int descriptor) {
  if (descriptor >= 0) return fcntl(descriptor, F_DUPFD, 3);
  int null = open("/dev/null", O_RDWR);
  return null >= 0 && null < 3 ? fcntl(null, F_DUPFD, 3) : null;
}

static int place(const int *descriptors) {
  int copies[3];
  for (int number = 0; number < 3; number++) {
    copies[number] = above_standard(descriptors[number]);
    if (copies[number] < 0) return -1;
  }
  for (int number = 0; number < 3; number++) {
    if (dup2(copies[number], number) < 0) return -1;
  }
  return 0;
}

// Only what is safe between `fork` and `execve` in a program of many threads.
static void become(
    const char *program, char *const *arguments, const char *directory, const int *descriptors,
    pid_t parent, int report) {
  reset_signals();
  // What it starts itself ends with it: see `plimsoll_guard`.
  setpgid(0, 0);
#if defined(__linux__)
  // A parent that ended before this call is seen by the second line.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) goto failed;
  if (getppid() != parent) _exit(127);
#else
  (void)parent;
#endif
  report = above_standard(report);
  if (report < 0 || place(descriptors) < 0) goto failed;
  if (directory != NULL && chdir(directory) != 0) goto failed;
  close_others();
  execve(program, arguments, environ);
failed:;
  int code = errno;
  ssize_t written = write(report, &code, sizeof code);
  (void)written;
  _exit(127);
}

/// A pipe that no other child keeps open: one that another thread starts between the making of a
/// pipe and a second call that closes it in children would, and `answer` would wait for its end.
static int private_pipe(int *ends) {
#if defined(__linux__)
  return pipe2(ends, O_CLOEXEC);
#else
  if (pipe(ends) != 0) return -1;
  fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}

/// What the child says of its start: nothing where the program runs.
static int answer(int report) {
  int code = 0;
  ssize_t count;
  do count = read(report, &code, sizeof code);
  while (count < 0 && errno == EINTR);
  return count == sizeof code ? code : 0;
}

int plimsoll_spawn(
    const char *program, char *const *arguments, const char *directory, int input, int output,
    int error, pid_t *pid) {
  int ends[2];
  if (private_pipe(ends) != 0) return errno;
  const int descriptors[3] = {input, output, error};
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child == 0) become(program, arguments, directory, descriptors, parent, ends[1]);
  int code = child < 0 ? errno : 0;
  close(ends[1]);
  if (child > 0) code = answer(ends[0]);
  close(ends[0]);
  if (child > 0 && code != 0) {
    int status;
    plimsoll_await(child, -1, &status);
  } else if (child > 0) {
    plimsoll_guard(child);
  }
  *pid = child;
  return code;
}
