// The system's limits that a shell sets with `ulimit -s` and `ulimit -n`.
#include <limits.h>
#include <sys/resource.h>

#include "cmemory.h"

static unsigned long long value(rlim_t limit) {
  return limit == RLIM_INFINITY ? ULLONG_MAX : (unsigned long long)limit;
}

unsigned long long plimsoll_stack_limit(void) {
  struct rlimit limit;
  return getrlimit(RLIMIT_STACK, &limit) == 0 ? value(limit.rlim_cur) : ULLONG_MAX;
}

unsigned long long plimsoll_file_limit(unsigned long long wanted) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return ULLONG_MAX;
  if (value(limit.rlim_cur) < wanted && limit.rlim_cur < limit.rlim_max) {
    struct rlimit raised = limit;
    raised.rlim_cur = value(limit.rlim_max) < wanted ? limit.rlim_max : (rlim_t)wanted;
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
  }
  return value(limit.rlim_cur);
}
