#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "guardian.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

struct guardian {
  pid_t child, process;
  /// The end of a pipe that the kernel closes when this program ends.
  int alarm;
  struct guardian *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct guardian *all;

/// Descriptors from 1 on: locks, and pipes whose readers wait for their end.
static void close_from_one(void) {
#if defined(__linux__) && defined(SYS_close_range)
  if (syscall(SYS_close_range, 1u, ~0u, 0u) == 0) return;
#endif
  long most = sysconf(_SC_OPEN_MAX);
  for (int number = 1; number < (most > 0 && most < 65536 ? most : 65536); number++) close(number);
}

// Only what is safe after `fork` in a program of many threads.
static void watch(pid_t child, int end) {
  // Signals to the program's group are not for the guardian, which is to outlive it.
  sigset_t every;
  sigfillset(&every);
  sigprocmask(SIG_SETMASK, &every, NULL);
  setpgid(0, 0);
  if (dup2(end, 0) < 0) _exit(1);
  close_from_one();
  char byte;
  ssize_t count;
  do count = read(0, &byte, 1);
  while (count < 0 && errno == EINTR);
  if (count == 0) kill(-child, SIGKILL);
  _exit(0);
}

void plimsoll_guard(pid_t child) {
  struct guardian *mine = malloc(sizeof *mine);
  int ends[2];
  if (mine == NULL) return;
#if defined(__linux__)
  int made = pipe2(ends, O_CLOEXEC);
#else
  int made = pipe(ends);
#endif
  if (made != 0) {
    free(mine);
    return;
  }
  fcntl(ends[1], F_SETFD, FD_CLOEXEC);
  const pid_t process = fork();
  if (process == 0) watch(child, ends[0]);
  close(ends[0]);
  if (process < 0) {
    close(ends[1]);
    free(mine);
    return;
  }
  *mine = (struct guardian){.child = child, .process = process, .alarm = ends[1]};
  pthread_mutex_lock(&lock);
  mine->next = all;
  all = mine;
  pthread_mutex_unlock(&lock);
}

void plimsoll_release(pid_t child) {
  pthread_mutex_lock(&lock);
  struct guardian **place = &all;
  while (*place != NULL && (*place)->child != child) place = &(*place)->next;
  struct guardian *found = *place;
  if (found != NULL) *place = found->next;
  pthread_mutex_unlock(&lock);
  if (found == NULL) return;
  kill(found->process, SIGKILL);
  pid_t ended;
  do ended = waitpid(found->process, NULL, 0);
  while (ended < 0 && errno == EINTR);
  close(found->alarm);
  free(found);
}
