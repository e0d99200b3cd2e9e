// A flag for stopping a search from a signal handler or another thread.
#include <stdatomic.h>
#include <stdlib.h>

#include "cglpk.h"

struct plimsoll_flag {
  atomic_bool raised;
};

plimsoll_flag *plimsoll_flag_create(void) {
  plimsoll_flag *flag = malloc(sizeof *flag);
  if (flag != NULL) atomic_init(&flag->raised, false);
  return flag;
}

void plimsoll_flag_free(plimsoll_flag *flag) { free(flag); }

void plimsoll_flag_set(plimsoll_flag *flag, bool raised) { atomic_store(&flag->raised, raised); }

bool plimsoll_flag_get(const plimsoll_flag *flag) { return atomic_load(&flag->raised); }
