#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "cprocess.h"
#include "guardian.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

/// Waits until the child may have ended; at once where the system cannot tell.
static void sleep_until_ended(pid_t pid, int milliseconds) {
#if defined(__linux__) && defined(SYS_pidfd_open)
  int handle = (int)syscall(SYS_pidfd_open, pid, 0);
  if (handle >= 0) {
    struct pollfd wanted = {.fd = handle, .events = POLLIN};
    poll(&wanted, 1, milliseconds);
    close(handle);
    return;
  }
#endif
  (void)pid;
  for (int left = milliseconds; left > 0; left -= 5) {
    siginfo_t found = {0};
    if (waitid(P_PID, (id_t)pid, &found, WEXITED | WNOHANG | WNOWAIT) != 0) return;
    if (found.si_pid != 0) return;
    nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
  }
}

/// Ends what a launcher that has ended itself left behind. Before it is waited for: as long as it is
/// not, its number is no one else's.
static void end_group(pid_t pid, int options) {
  siginfo_t found = {0};
  int code;
  do code = waitid(P_PID, (id_t)pid, &found, WEXITED | WNOWAIT | options);
  while (code < 0 && errno == EINTR);
  if (code == 0 && found.si_pid == pid) kill(-pid, SIGKILL);
}

int plimsoll_await(pid_t pid, int milliseconds, int *status) {
  if (milliseconds >= 0) sleep_until_ended(pid, milliseconds);
  end_group(pid, milliseconds < 0 ? 0 : WNOHANG);
  pid_t ended;
  do ended = waitpid(pid, status, milliseconds < 0 ? 0 : WNOHANG);
  while (ended < 0 && errno == EINTR);
  if (ended == pid) plimsoll_release(pid);
  return ended == pid ? 1 : ended == 0 ? 0 : -1;
}

int plimsoll_exit_code(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
