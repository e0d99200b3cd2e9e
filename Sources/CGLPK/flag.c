// A flag for stopping a search from a signal handler or another thread. The caller owns its memory;
// the compiler's own atomics work on it though C's atomic types are closed to Swift.
#include "cglpk.h"

void plimsoll_flag_set(plimsoll_flag *flag, bool raised) {
  __atomic_store_n(&flag->raised, (uint8_t)raised, __ATOMIC_SEQ_CST);
}

bool plimsoll_flag_get(const plimsoll_flag *flag) {
  return __atomic_load_n(&flag->raised, __ATOMIC_SEQ_CST) != 0;
}
