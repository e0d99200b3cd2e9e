// Preloaded by `no-memory`: of the allocations that GLPK asks for, the one of number PLIMSOLL_FAIL_FROM
// and all after it fail. It reports how many it asked for at the end.
//
// The program has an allocator of its own (Sources/CMemory), which asks glibc by these names; GLPK is
// the caller of that.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *(*next_malloc)(size_t);
static void *(*next_realloc)(void *, size_t);
#pragma GCC diagnostic ignored "-Wframe-address"
#define CALLER __builtin_return_address(1)
static atomic_long asked;
static long first;

__attribute__((constructor)) static void begin(void) {
  next_malloc = dlsym(RTLD_NEXT, "__libc_malloc");
  next_realloc = dlsym(RTLD_NEXT, "__libc_realloc");
  const char *number = getenv("PLIMSOLL_FAIL_FROM");
  first = number == NULL ? 0 : atol(number);
}

__attribute__((destructor)) static void tell(void) {
  if (first > 0) fprintf(stderr, "GLPK allocations: %ld\n", atomic_load(&asked));
}

static int fails(const void *caller) {
  Dl_info info;
  if (first <= 0 || dladdr(caller, &info) == 0 || info.dli_fname == NULL) return 0;
  return strstr(info.dli_fname, "libglpk") != NULL && atomic_fetch_add(&asked, 1) + 1 >= first;
}

void *__libc_malloc(size_t size) {
  if (next_malloc == NULL) next_malloc = dlsym(RTLD_NEXT, "__libc_malloc");
  return fails(CALLER) ? NULL : next_malloc(size);
}

void *__libc_realloc(void *old, size_t size) {
  if (next_realloc == NULL) next_realloc = dlsym(RTLD_NEXT, "__libc_realloc");
  return fails(CALLER) ? NULL : next_realloc(old, size);
}
