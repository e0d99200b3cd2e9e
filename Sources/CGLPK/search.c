// Branch and bound, with what GLPK leaves to its caller: a first incumbent, a flag that stops the
// search, and the bound that is proven when it stops early.
#include <float.h>
#include <math.h>
#include <string.h>

#include "lp.h"

/// How far a start may miss a bound, relative to the bound, and an integer value to an integer.
static const double tolerance = 1e-6;

/// What the callback reads and notes.
struct search {
  const plimsoll_flag *flag;
  /// One-based values of a feasible start, or NULL once offered.
  const double *start;
  double bound;
  int64_t nodes;
};

static void attend(glp_tree *tree, void *info) {
  struct search *search = info;
  if (plimsoll_flag_get(search->flag)) glp_ios_terminate(tree);
  int reason = glp_ios_reason(tree);
  if (reason == GLP_ISELECT) {
    // Every node that is still open lies at or above the best one, and stays there.
    search->nodes++;
    int best = glp_ios_best_node(tree);
    if (best != 0) search->bound = fmax(search->bound, glp_ios_node_bound(tree, best));
  } else if (reason == GLP_IHEUR && search->start != NULL) {
    glp_ios_heur_sol(tree, search->start);
    search->start = NULL;
  }
}

static bool within(double value, double lower, double upper) {
  return value >= lower - tolerance * fmax(1, fabs(lower)) &&
      value <= upper + tolerance * fmax(1, fabs(upper));
}

/// Copies a start to one-based `x`, with integers made exact. False if it breaks a bound or a row.
static bool check_start(plimsoll_lp *lp, const double *start, double *x) {
  glp_prob *problem = lp->problem;
  int columns = glp_get_num_cols(problem), rows = glp_get_num_rows(problem);
  for (int j = 1; j <= columns; j++) {
    x[j] = start[j - 1];
    if (glp_get_col_kind(problem, j) != GLP_CV) {
      x[j] = rint(x[j]);
      if (!(fabs(x[j] - start[j - 1]) <= tolerance)) return false;
    }
    // GLPK says ±DBL_MAX for an absent bound, which every finite value is within.
    if (!within(x[j], glp_get_col_lb(problem, j), glp_get_col_ub(problem, j))) return false;
  }
  for (int i = 1; i <= rows; i++) {
    double activity = 0;
    for (int k = glp_get_mat_row(problem, i, lp->index, lp->number); k >= 1; k--)
      activity += lp->number[k] * x[lp->index[k]];
    if (!within(activity, glp_get_row_lb(problem, i), glp_get_row_ub(problem, i))) return false;
  }
  return true;
}

static double cost_of(glp_prob *problem, const double *value) {
  double cost = glp_get_obj_coef(problem, 0);
  for (int j = glp_get_num_cols(problem); j >= 1; j--)
    cost += glp_get_obj_coef(problem, j) * value[j - 1];
  return cost;
}

/// Bounds that were moved for the search: columns (or minus rows), and lower and upper in turn.
struct moved {
  int count;
  int *item;
  double *bound;
};

static void note(struct moved *moved, int item, double lower, double upper) {
  moved->item[moved->count] = item;
  moved->bound[2 * moved->count] = lower;
  moved->bound[2 * moved->count + 1] = upper;
  moved->count++;
}

/// GLPK wants whole bounds on integer columns. False when a column has no integer in its bounds.
static bool narrow(glp_prob *problem, struct moved *moved) {
  for (int j = glp_get_num_cols(problem); j >= 1; j--) {
    if (glp_get_col_kind(problem, j) == GLP_CV) continue;
    double lower = glp_get_col_lb(problem, j), upper = glp_get_col_ub(problem, j);
    double least = ceil(lower - tolerance), greatest = floor(upper + tolerance);
    if (least > greatest) return false;
    if (least == lower && greatest == upper) continue;
    note(moved, j, lower, upper);
    plimsoll_set_column(problem, j, least, greatest);
  }
  return true;
}

/// From this size on a bound has no digits left for what is added to it.
static const double huge = 1e10;

/// Takes away huge bounds that the relaxation does not come near. True if there was one.
static bool loosen_bound(double value, double *lower, double *upper) {
  double before[2] = {*lower, *upper};
  if (*lower <= -huge && value > *lower / 2) *lower = -INFINITY;
  if (*upper >= huge && value < *upper / 2) *upper = INFINITY;
  return (*lower != before[0] && before[0] > -DBL_MAX) ||
      (*upper != before[1] && before[1] < DBL_MAX);
}

/// GLPK's search adds up the bounds of a row's columns and subtracts them again: 10 next to 1e18 is
/// lost on the way, and with it the best solution. It does count infinite bounds apart, so huge ones
/// are taken away meanwhile. The relaxation's optimum stays one without them.
static void loosen(glp_prob *problem, struct moved *moved) {
  for (int j = glp_get_num_cols(problem); j >= 1; j--) {
    double lower = glp_get_col_lb(problem, j), upper = glp_get_col_ub(problem, j);
    double looser[2] = {lower, upper};
    if (!loosen_bound(glp_get_col_prim(problem, j), &looser[0], &looser[1])) continue;
    note(moved, j, lower, upper);
    plimsoll_set_column(problem, j, looser[0], looser[1]);
  }
  for (int i = glp_get_num_rows(problem); i >= 1; i--) {
    double lower = glp_get_row_lb(problem, i), upper = glp_get_row_ub(problem, i);
    double looser[2] = {lower, upper};
    if (!loosen_bound(glp_get_row_prim(problem, i), &looser[0], &looser[1])) continue;
    note(moved, -i, lower, upper);
    plimsoll_set_row(problem, i, looser[0], looser[1]);
  }
}

/// Whether what the search found is within the bounds that were taken away.
static bool keeps(glp_prob *problem, const struct moved *moved) {
  for (int k = 0; k < moved->count; k++) {
    int item = moved->item[k];
    double value = item > 0 ? glp_mip_col_val(problem, item) : glp_mip_row_val(problem, -item);
    if (!within(value, moved->bound[2 * k], moved->bound[2 * k + 1])) return false;
  }
  return true;
}

/// Moves the bounds back, the last first: one may have been moved twice.
static void restore(glp_prob *problem, const struct moved *moved) {
  for (int k = moved->count - 1; k >= 0; k--) {
    double lower = moved->bound[2 * k], upper = moved->bound[2 * k + 1];
    if (moved->item[k] > 0)
      plimsoll_set_column(problem, moved->item[k], lower, upper);
    else
      plimsoll_set_row(problem, -moved->item[k], lower, upper);
  }
}

static int stop_of(int code) {
  switch (code) {
    case 0:
    case GLP_ENOPFS:
      return PLIMSOLL_STOP_FINISHED;
    case GLP_EMIPGAP:
      return PLIMSOLL_STOP_GAP;
    case GLP_ETMLIM:
      return PLIMSOLL_STOP_TIME;
    case GLP_ESTOP:
      return PLIMSOLL_STOP_FLAG;
    case GLP_EROOT:
      return PLIMSOLL_STOP_BASIS;
    case GLP_EBOUND:
      return PLIMSOLL_STOP_BOUNDS;
    default:
      return PLIMSOLL_STOP_FAILED;
  }
}

static glp_iocp parameters(const plimsoll_search_options *options, struct search *search) {
  glp_iocp parameters;
  glp_init_iocp(&parameters);
  parameters.msg_lev = GLP_MSG_OFF;
  parameters.presolve = GLP_OFF;
  parameters.tm_lim = options->milliseconds;
  parameters.mip_gap = options->relative_gap;
  parameters.sr_heur = options->rounding_heuristic ? GLP_ON : GLP_OFF;
  parameters.fp_heur = options->feasibility_pump ? GLP_ON : GLP_OFF;
  parameters.gmi_cuts = options->gomory_cuts ? GLP_ON : GLP_OFF;
  parameters.mir_cuts = options->mir_cuts ? GLP_ON : GLP_OFF;
  parameters.cov_cuts = options->cover_cuts ? GLP_ON : GLP_OFF;
  parameters.cb_func = attend;
  parameters.cb_info = search;
  return parameters;
}

/// Takes the better of what GLPK found and the start, and says what it is worth.
static void conclude(
    glp_prob *problem, const plimsoll_search_options *options, const struct moved *moved,
    const double *start, plimsoll_search_result *result, double *value) {
  int columns = glp_get_num_cols(problem);
  int found = glp_mip_status(problem);
  bool has = found == GLP_OPT || found == GLP_FEAS;
  if (has && !keeps(problem, moved)) {
    has = false;
    result->stop = PLIMSOLL_STOP_FAILED;
  }
  if (has) {
    for (int j = 0; j < columns; j++) value[j] = glp_mip_col_val(problem, j + 1);
    result->objective = cost_of(problem, value);
  }
  if (start != NULL && (!has || cost_of(problem, start + 1) < result->objective)) {
    memcpy(value, start + 1, (size_t)columns * sizeof *value);
    result->objective = cost_of(problem, value);
    has = true;
  }
  bool finished = result->stop == PLIMSOLL_STOP_FINISHED;
  if (!has) {
    result->status = finished ? PLIMSOLL_NONE_EXISTS : PLIMSOLL_UNDEFINED;
    if (finished) result->bound = INFINITY;
    return;
  }
  result->status = finished ? PLIMSOLL_OPTIMAL : PLIMSOLL_FEASIBLE;
  if (finished) result->bound = result->objective;
  // GLPK looked at the gap after the bound had last been noted.
  if (result->stop == PLIMSOLL_STOP_GAP)
    result->bound = fmax(
        result->bound, result->objective - options->relative_gap * fabs(result->objective));
  result->bound = fmin(result->bound, result->objective);
}

int plimsoll_lp_search(
    plimsoll_lp *lp, const plimsoll_search_options *options, const double *start,
    const plimsoll_flag *flag, plimsoll_search_result *result, double *value) {
  memset(result, 0, sizeof *result);
  int rows = 0, columns = 0;
  int counted = plimsoll_lp_size(lp, &rows, &columns);
  if (counted != PLIMSOLL_OK) return counted;
  // A matrix row or the moved bounds' items; behind a matrix row the start, one-based; then the moved
  // bounds, of every column twice and of every row once.
  size_t most = 2 * (size_t)columns + (size_t)rows;
  int reserved = plimsoll_reserve(lp, 2 * ((size_t)columns + 1) + 2 * most);
  if (reserved != PLIMSOLL_OK) return reserved;
  PLIMSOLL_GUARD(lp);
  glp_prob *problem = lp->problem;
  double *x = lp->number + columns + 1;
  struct moved moved = {0, lp->index, x + columns + 1};
  bool solved = glp_get_status(problem) == GLP_OPT;
  struct search search = {flag, NULL, solved ? glp_get_obj_val(problem) : -INFINITY, 0};
  bool accepted = start != NULL && check_start(lp, start, x);
  if (accepted) search.start = x;
  if (narrow(problem, &moved)) {
    if (solved) loosen(problem, &moved);
    glp_iocp control = parameters(options, &search);
    result->stop = stop_of(glp_intopt(problem, &control));
    result->bound = search.bound;
    result->nodes = search.nodes;
    result->start_accepted = accepted;
    conclude(problem, options, &moved, accepted ? x : NULL, result, value);
  } else {
    result->status = PLIMSOLL_NONE_EXISTS;
    result->bound = INFINITY;
  }
  restore(problem, &moved);
  return PLIMSOLL_OK;
}
