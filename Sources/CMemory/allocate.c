#if defined(__linux__)
#define _GNU_SOURCE
#endif
#include "cmemory.h"
#include "watch.h"

#if defined(PLIMSOLL_WATCHES_MEMORY)

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <stdint.h>

// The same functions by glibc's second names.
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *old, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

int plimsoll_memory_is_watched(void) { return 1; }

/// What no machine has is no lack of memory: the caller's to answer.
static int can_be(size_t size) { return size <= PTRDIFF_MAX; }

static void *checked(void *found, size_t size) {
  if (found == NULL && size > 0 && can_be(size)) plimsoll_out_of_memory(size);
  return found;
}

void *malloc(size_t size) { return checked(__libc_malloc(size), size); }

void *calloc(size_t count, size_t size) {
  size_t all;
  if (__builtin_mul_overflow(count, size, &all)) {
    errno = ENOMEM;
    return NULL;
  }
  return checked(__libc_calloc(count, size), all);
}

void *realloc(void *old, size_t size) { return checked(__libc_realloc(old, size), size); }

void *memalign(size_t alignment, size_t size) {
  return checked(__libc_memalign(alignment, size), size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  return checked(__libc_memalign(alignment, size), size);
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  if (alignment % sizeof(void *) != 0 || (alignment & (alignment - 1)) != 0 || alignment == 0) {
    return EINVAL;
  }
  void *found = checked(__libc_memalign(alignment, size), size);
  if (found == NULL) return ENOMEM;
  *result = found;
  return 0;
}

int pthread_create(
    pthread_t *thread, const pthread_attr_t *attributes, void *(*start)(void *), void *argument) {
  typedef int Create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
  static Create *next;
  if (next == NULL) next = (Create *)dlsym(RTLD_NEXT, "pthread_create");
  if (next == NULL) return EAGAIN;
  int code = next(thread, attributes, start, argument);
  // The stack of a thread is mapped, and that is what fails.
  if (code == EAGAIN || code == ENOMEM) {
    size_t stack = 8 << 20;
    if (attributes != NULL) pthread_attr_getstacksize(attributes, &stack);
    plimsoll_out_of_memory(stack);
  }
  return code;
}

#else

int plimsoll_memory_is_watched(void) { return 0; }

#endif
