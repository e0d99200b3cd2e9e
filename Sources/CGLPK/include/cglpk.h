// The only door to GLPK. Everything here returns a status instead of aborting, and nothing here
// mentions a type of <glpk.h>, so that no Swift file ever needs that header.
//
// GLPK keeps its memory in an environment of the calling thread. A problem therefore belongs to the
// thread that created it: every function but `plimsoll_lp_free`, `plimsoll_lp_error` and the flag's
// refuses to work on another one. A fault inside GLPK ends that environment and with it every
// problem of the thread; those problems answer PLIMSOLL_DEAD afterwards, and new ones work.
//
// Columns and rows are counted from zero. Infinite bounds are ±INFINITY. Arrays belong to the
// caller and are only read or written during the call.
#ifndef PLIMSOLL_CGLPK_H
#define PLIMSOLL_CGLPK_H

#include <stdbool.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#define PLIMSOLL_NULLABLE _Nullable
#else
#define PLIMSOLL_NULLABLE
#endif

/// What became of a call.
enum {
  PLIMSOLL_OK = 0,
  /// GLPK met a fault (a bad argument, no memory, a broken invariant); the problem is dead now.
  PLIMSOLL_FAULT = 1,
  /// The problem died earlier, with the environment of its thread.
  PLIMSOLL_DEAD = 2,
  /// The problem belongs to another thread.
  PLIMSOLL_WRONG_THREAD = 3,
  /// Memory for a call's own work could not be had; the problem is as it was.
  PLIMSOLL_NO_MEMORY = 4,
};

/// Why a solver stopped: GLPK's own return codes, sorted by what one does about them.
enum {
  PLIMSOLL_STOP_FINISHED = 0,
  PLIMSOLL_STOP_TIME = 1,
  PLIMSOLL_STOP_FLAG = 2,
  PLIMSOLL_STOP_GAP = 3,
  /// The basis is invalid, singular or ill-conditioned: start again from another one.
  PLIMSOLL_STOP_BASIS = 4,
  /// Numerical trouble during the search.
  PLIMSOLL_STOP_FAILED = 5,
  /// A lower bound above an upper one.
  PLIMSOLL_STOP_BOUNDS = 6,
  PLIMSOLL_STOP_ITERATIONS = 7,
};

/// What is known of a primal or dual solution.
enum {
  PLIMSOLL_UNDEFINED = 1,
  PLIMSOLL_FEASIBLE = 2,
  PLIMSOLL_INFEASIBLE_POINT = 3,
  PLIMSOLL_NONE_EXISTS = 4,
  PLIMSOLL_OPTIMAL = 5,
};

typedef struct plimsoll_lp plimsoll_lp;

/// The version of the library that is loaded, as in "5.0".
const char *plimsoll_glpk_version(void);

/// An empty minimisation problem, or NULL when there is no memory for one.
plimsoll_lp *PLIMSOLL_NULLABLE plimsoll_lp_create(void);

/// Ends a problem, dead or alive. On a foreign thread GLPK's part of it is lost, because GLPK can
/// give memory back to its own thread's environment only.
void plimsoll_lp_free(plimsoll_lp *lp);

/// What GLPK said when it failed, or an empty string.
const char *plimsoll_lp_error(const plimsoll_lp *lp);

/// Bounds the memory of all problems of this thread, in MiB. Exceeding it is a fault.
int plimsoll_lp_limit_memory(plimsoll_lp *lp, int mebibytes);

// Building ---------------------------------------------------------------------------------------

/// Appends columns. `integer[j]` is non-zero where the column must be integer.
int plimsoll_lp_add_columns(
    plimsoll_lp *lp, int32_t count, const double *lower, const double *upper, const double *cost,
    const uint8_t *integer);

/// Appends rows. Row i has the terms `starts[i] ..< starts[i + 1]` of `columns` and `values`, where
/// no column may appear twice. New rows are basic, so a warm start survives them.
int plimsoll_lp_add_rows(
    plimsoll_lp *lp, int32_t count, const double *lower, const double *upper, const int32_t *starts,
    const int32_t *columns, const double *values);

/// Removes rows; the rows behind them move up. The basis survives if all of them were basic.
int plimsoll_lp_delete_rows(plimsoll_lp *lp, int32_t count, const int32_t *rows);

int plimsoll_lp_set_column_bounds(
    plimsoll_lp *lp, int32_t count, const int32_t *columns, const double *lower,
    const double *upper);
int plimsoll_lp_set_row_bounds(
    plimsoll_lp *lp, int32_t count, const int32_t *rows, const double *lower, const double *upper);
int plimsoll_lp_set_costs(
    plimsoll_lp *lp, int32_t count, const int32_t *columns, const double *cost);

// Relaxation -------------------------------------------------------------------------------------

/// Of each pair, a fixed column that is basic leaves the basis and the row takes its place, if
/// neither the row nor another column in it is basic: so what is left is a basis, too.
int plimsoll_lp_leave_basis(
    plimsoll_lp *lp, int32_t count, const int32_t *columns, const int32_t *rows);

/// Which simplex method to run from the present basis.
enum {
  /// Dual, with long steps: a bound that moved costs little. For warm starts.
  PLIMSOLL_SIMPLEX_LONG_DUAL = 0,
  /// Dual, with Harris's ratio test: steadier.
  PLIMSOLL_SIMPLEX_DUAL = 1,
  PLIMSOLL_SIMPLEX_PRIMAL = 2,
};

/// What a run of the simplex method came to.
typedef struct {
  int stop;
  int primal;
  int dual;
  double objective;
  int64_t iterations;
} plimsoll_simplex_result;

/// Computes scale factors for the whole matrix, as powers of two, or drops all of them. The basis
/// survives; values go in and come out unscaled.
int plimsoll_lp_scale(plimsoll_lp *lp, bool on);

/// Puts another basis in place of the present one: of slacks alone, or GLPK's triangular one.
int plimsoll_lp_reset_basis(plimsoll_lp *lp, bool triangular);

/// Runs the simplex method for at most so many milliseconds and iterations. It can be called again
/// to go on.
int plimsoll_lp_simplex(
    plimsoll_lp *lp, int method, int32_t milliseconds, int32_t iterations,
    plimsoll_simplex_result *result);

/// Copies the basic solution out: `value` and `reduced_cost` by column; `activity`, `dual` and
/// `basic` (0 or 1) by row.
int plimsoll_lp_solution(
    plimsoll_lp *lp, double *value, double *reduced_cost, double *activity, double *dual,
    uint8_t *basic);

/// The largest relative error of the basic solution: bounds missed by values, and reduced costs of
/// the wrong sign or, between two bounds, of the wrong side (their sum, relative to the objective).
int plimsoll_lp_violation(plimsoll_lp *lp, double *primal, double *dual);

/// Whether the bounds of the variables alone keep the objective from falling without end.
int plimsoll_lp_is_bounded(plimsoll_lp *lp, bool *bounded);

// Branch and bound -------------------------------------------------------------------------------

/// A flag that one thread (or a signal handler) raises and another one reads; zero is lowered. Touch
/// it through these functions only, for they are atomic.
typedef struct {
  uint8_t raised;
} plimsoll_flag;
void plimsoll_flag_set(plimsoll_flag *flag, bool raised);
bool plimsoll_flag_get(const plimsoll_flag *flag);

typedef struct {
  /// Stop when (objective − bound) / |objective| is not above this; 0 asks for the optimum.
  double relative_gap;
  int32_t milliseconds;
  bool rounding_heuristic;
  bool feasibility_pump;
  bool gomory_cuts;
  bool mir_cuts;
  bool cover_cuts;
} plimsoll_search_options;

typedef struct {
  int stop;
  /// PLIMSOLL_OPTIMAL, PLIMSOLL_FEASIBLE, PLIMSOLL_NONE_EXISTS or PLIMSOLL_UNDEFINED.
  int status;
  double objective;
  /// No integer solution costs less: proven, also when the search was cut short.
  double bound;
  int64_t nodes;
  /// The start was feasible.
  bool start_accepted;
} plimsoll_search_result;

/// Searches for the best integer solution, from an optimal relaxation; without one it only looks at
/// the start, and stops with PLIMSOLL_STOP_BASIS. `start`, one value a column, is offered as the first incumbent if it is feasible. `value`
/// receives the best solution found when the status says that there is one.
int plimsoll_lp_search(
    plimsoll_lp *lp, const plimsoll_search_options *options, const double *PLIMSOLL_NULLABLE start,
    const plimsoll_flag *flag, plimsoll_search_result *result, double *value);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
