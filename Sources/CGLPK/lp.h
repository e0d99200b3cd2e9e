// What the files of this target share: the handle, and the trap around GLPK's abort().
#ifndef PLIMSOLL_LP_H
#define PLIMSOLL_LP_H

#include <glpk.h>
#include <pthread.h>
#include <setjmp.h>
#include <stddef.h>

#include "cglpk.h"

enum { PLIMSOLL_ERROR_SIZE = 512 };

struct plimsoll_lp {
  glp_prob *problem;
  /// The environment that `problem` lives in; another number than the thread's means: gone.
  uint64_t environment;
  pthread_t owner;
  bool dead;
  char error[PLIMSOLL_ERROR_SIZE];
  /// Room for one-based copies of index and value arrays; kept here so that a jump out of GLPK
  /// leaks nothing.
  int *index;
  double *number;
  size_t room;
};

/// One for each thread: where to jump to, and what GLPK said before it jumped.
struct plimsoll_trap {
  jmp_buf target;
  /// The number of this thread's environment; 0 means that there is none.
  uint64_t environment;
  int problems;
  char said[PLIMSOLL_ERROR_SIZE];
};

extern _Thread_local struct plimsoll_trap plimsoll_trap;

/// Refuses a problem that is dead or belongs to another thread.
int plimsoll_enter(plimsoll_lp *lp);

/// After a jump: frees the environment, marks the problem dead and keeps what GLPK said.
int plimsoll_fault(plimsoll_lp *lp);

/// Makes room for `count` one-based indices and numbers.
int plimsoll_reserve(plimsoll_lp *lp, size_t count);

/// How many rows and columns there are.
int plimsoll_lp_size(plimsoll_lp *lp, int *rows, int *columns);

/// Changes a row's bounds.
void plimsoll_set_row(glp_prob *problem, int i, double lower, double upper);

/// Changes a column's bounds. Where a fixed column gains room, GLPK would choose its side by the
/// size of the bounds; the reduced cost says which side keeps the basis dual feasible, and so the
/// next solve short.
void plimsoll_set_column(glp_prob *problem, int j, double lower, double upper);

/// Opens a function that calls GLPK. Between this line and the function's end nothing may be
/// allocated outside the handle, and no local that changed may be read after a jump.
#define PLIMSOLL_GUARD(lp)                             \
  do {                                                 \
    int refused = plimsoll_enter(lp);                  \
    if (refused != PLIMSOLL_OK) return refused;        \
    if (setjmp(plimsoll_trap.target) != 0) return plimsoll_fault(lp); \
  } while (0)

#endif
