// Where the allocator is watched: not under a sanitizer, which has one of its own, and not with
// other C libraries, whose allocator has no second name.
#ifndef PLIMSOLL_WATCH_H
#define PLIMSOLL_WATCH_H

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || \
    __has_feature(memory_sanitizer)
#define PLIMSOLL_SANITIZED 1
#endif
#endif

#if defined(__linux__)
#include <features.h>
#if defined(__GLIBC__) && !defined(PLIMSOLL_SANITIZED)
#define PLIMSOLL_WATCHES_MEMORY 1
#endif
#endif

/// Says how much was needed, and ends the program with code 1. Allocates nothing.
_Noreturn void plimsoll_out_of_memory(size_t wanted);

#endif
