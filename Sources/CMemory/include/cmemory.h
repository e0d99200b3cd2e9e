// What happens where memory runs out: an error that says how much was needed, and exit code 1.
//
// Linking this is all: on Linux with glibc it takes the place of the allocator's functions and of
// `pthread_create`, and hands every call on. Swift's runtime would trap on the first allocation
// that fails, and Dispatch would wait for ever for a thread that cannot be made.
#ifndef PLIMSOLL_CMEMORY_H
#define PLIMSOLL_CMEMORY_H

/// Whether the allocator is watched in this build.
int plimsoll_memory_is_watched(void);

/// Bytes that a thread's stack may have; ULLONG_MAX where there is no limit.
unsigned long long plimsoll_stack_limit(void);

/// Files that may be open at once, after the limit was raised to `wanted` as far as that is allowed.
unsigned long long plimsoll_file_limit(unsigned long long wanted);

#endif
