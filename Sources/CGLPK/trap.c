// Life and death of GLPK's environment: one for each thread that has problems.
//
// GLPK answers every fault with abort(). Its error hook is the way out: jump back to the function of
// ours that called GLPK, then free the environment, since GLPK's own data may be half changed.
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "lp.h"

_Thread_local struct plimsoll_trap plimsoll_trap;

static atomic_uint_fast64_t last_environment;

static void jump(void *info) {
  (void)info;
  longjmp(plimsoll_trap.target, 1);
}

/// GLPK turns its output on before it reports a fault, so this hears faults though we silence it.
static int listen(void *info, const char *text) {
  (void)info;
  size_t used = strlen(plimsoll_trap.said);
  size_t left = sizeof plimsoll_trap.said - 1 - used;
  size_t length = strlen(text);
  if (length > left) length = left;
  memcpy(plimsoll_trap.said + used, text, length);
  plimsoll_trap.said[used + length] = '\0';
  return 1;
}

static bool open_environment(void) {
  if (plimsoll_trap.environment != 0) return true;
  if (glp_init_env() > 1) return false;
  glp_error_hook(jump, NULL);
  glp_term_hook(listen, NULL);
  glp_term_out(GLP_OFF);
  plimsoll_trap.environment = atomic_fetch_add(&last_environment, 1) + 1;
  plimsoll_trap.problems = 0;
  return true;
}

static void close_environment(void) {
  glp_free_env();
  plimsoll_trap.environment = 0;
  plimsoll_trap.problems = 0;
}

static void die(plimsoll_lp *lp, const char *why) {
  lp->dead = true;
  lp->problem = NULL;
  size_t length = strlen(why);
  if (length >= sizeof lp->error) length = sizeof lp->error - 1;
  memcpy(lp->error, why, length);
  while (length > 0 && lp->error[length - 1] == '\n') length--;
  lp->error[length] = '\0';
  for (char *c = lp->error; *c != '\0'; c++)
    if (*c == '\n') *c = ' ';
}

int plimsoll_enter(plimsoll_lp *lp) {
  if (lp->dead) return PLIMSOLL_DEAD;
  if (lp->environment != plimsoll_trap.environment) {
    if (!pthread_equal(lp->owner, pthread_self())) return PLIMSOLL_WRONG_THREAD;
    die(lp, "another problem of this thread met a fault, which ended this one too");
    return PLIMSOLL_DEAD;
  }
  plimsoll_trap.said[0] = '\0';
  return PLIMSOLL_OK;
}

int plimsoll_fault(plimsoll_lp *lp) {
  die(lp, plimsoll_trap.said);
  close_environment();
  return PLIMSOLL_FAULT;
}

int plimsoll_reserve(plimsoll_lp *lp, size_t count) {
  if (count < lp->room) return PLIMSOLL_OK;
  size_t room = count + count / 2 + 64;
  int *index = realloc(lp->index, room * sizeof *index);
  if (index == NULL) return PLIMSOLL_NO_MEMORY;
  lp->index = index;
  double *number = realloc(lp->number, room * sizeof *number);
  if (number == NULL) return PLIMSOLL_NO_MEMORY;
  lp->number = number;
  lp->room = room;
  return PLIMSOLL_OK;
}

static int create(plimsoll_lp *lp) {
  PLIMSOLL_GUARD(lp);
  lp->problem = glp_create_prob();
  glp_set_obj_dir(lp->problem, GLP_MIN);
  return PLIMSOLL_OK;
}

plimsoll_lp *plimsoll_lp_create(void) {
  plimsoll_lp *lp = calloc(1, sizeof *lp);
  if (lp == NULL) return NULL;
  lp->owner = pthread_self();
  if (!open_environment()) {
    free(lp);
    return NULL;
  }
  lp->environment = plimsoll_trap.environment;
  if (create(lp) != PLIMSOLL_OK) {
    free(lp);
    return NULL;
  }
  plimsoll_trap.problems++;
  return lp;
}

static int destroy(plimsoll_lp *lp) {
  PLIMSOLL_GUARD(lp);
  glp_delete_prob(lp->problem);
  if (--plimsoll_trap.problems == 0) close_environment();
  return PLIMSOLL_OK;
}

void plimsoll_lp_free(plimsoll_lp *lp) {
  destroy(lp);
  free(lp->index);
  free(lp->number);
  free(lp);
}

const char *plimsoll_lp_error(const plimsoll_lp *lp) { return lp->error; }

const char *plimsoll_glpk_version(void) {
  // GLPK answers from its environment: read it in ours, and leave none behind where there was none.
  static _Thread_local char version[16];
  bool was_open = plimsoll_trap.environment != 0;
  if (!open_environment()) return "";
  strncpy(version, glp_version(), sizeof version - 1);
  if (!was_open) close_environment();
  return version;
}

int plimsoll_lp_limit_memory(plimsoll_lp *lp, int mebibytes) {
  PLIMSOLL_GUARD(lp);
  // GLPK subtracts what is in use from the limit without a check, so a limit below would be none.
  size_t used = 0;
  glp_mem_usage(NULL, NULL, &used, NULL);
  if (mebibytes >= 1 && (size_t)mebibytes <= used >> 20) return PLIMSOLL_NO_MEMORY;
  glp_mem_limit(mebibytes);
  return PLIMSOLL_OK;
}
