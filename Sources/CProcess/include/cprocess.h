// Child processes that end with their parent, and can be waited for by the second.
//
// Foundation's `Process` can do neither: its children go on when the parent is killed.
#ifndef PLIMSOLL_CPROCESS_H
#define PLIMSOLL_CPROCESS_H

#include <sys/types.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define PLIMSOLL_NULLABLE _Nullable
#define PLIMSOLL_NONNULL _Nonnull
#else
#define PLIMSOLL_NULLABLE
#define PLIMSOLL_NONNULL
#endif

/// Starts a program with these descriptors as its standard input, output and error, a negative one
/// meaning the null device; all others are closed in it, and its signals are as a shell would set
/// them. On Linux the kernel kills it when the calling thread ends, however that ends; so the
/// caller's thread has to wait for it. It leads a process group of its own, all of which ends with
/// this program.
///
/// Returns 0, or the `errno` of what failed: also where the program cannot be executed.
int plimsoll_spawn(
    const char *program, char *PLIMSOLL_NULLABLE const *PLIMSOLL_NONNULL arguments,
    const char *PLIMSOLL_NULLABLE directory, int input, int output, int error, pid_t *pid);

/// Waits for a child for so many milliseconds.
///
/// Returns 1 where it has ended, with `waitpid`'s status; 0 where it has not; -1 for an error.
int plimsoll_await(pid_t pid, int milliseconds, int *status);

/// The exit code; 128 and the signal's number where a signal ended it.
int plimsoll_exit_code(int status);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif

#endif
