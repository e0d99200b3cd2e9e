// Building and changing a problem, many columns or rows a call.
#include <float.h>
#include <math.h>

#include "lp.h"

/// GLPK itself answers ±DBL_MAX for a bound that is not there, so both count as infinite.
static int bound_kind(double lower, double upper) {
  if (lower == upper) return GLP_FX;
  if (lower <= -DBL_MAX) return upper >= DBL_MAX ? GLP_FR : GLP_UP;
  return upper >= DBL_MAX ? GLP_LO : GLP_DB;
}

void plimsoll_set_column(glp_prob *problem, int j, double lower, double upper) {
  int before = glp_get_col_stat(problem, j);
  glp_set_col_bnds(problem, j, bound_kind(lower, upper), lower, upper);
  if (before == GLP_NS && glp_get_col_type(problem, j) == GLP_DB)
    glp_set_col_stat(problem, j, glp_get_col_dual(problem, j) < 0 ? GLP_NU : GLP_NL);
}

void plimsoll_set_row(glp_prob *problem, int i, double lower, double upper) {
  glp_set_row_bnds(problem, i, bound_kind(lower, upper), lower, upper);
}

int plimsoll_lp_size(plimsoll_lp *lp, int *rows, int *columns) {
  PLIMSOLL_GUARD(lp);
  *rows = glp_get_num_rows(lp->problem);
  *columns = glp_get_num_cols(lp->problem);
  return PLIMSOLL_OK;
}

int plimsoll_lp_add_columns(
    plimsoll_lp *lp, int32_t count, const double *lower, const double *upper, const double *cost,
    const uint8_t *integer) {
  if (count == 0) return plimsoll_enter(lp);
  PLIMSOLL_GUARD(lp);
  int first = glp_add_cols(lp->problem, count);
  for (int32_t k = 0; k < count; k++) {
    if (integer[k]) glp_set_col_kind(lp->problem, first + k, GLP_IV);
    glp_set_col_bnds(lp->problem, first + k, bound_kind(lower[k], upper[k]), lower[k], upper[k]);
    glp_set_obj_coef(lp->problem, first + k, cost[k]);
  }
  return PLIMSOLL_OK;
}

/// A new row's scale factor, against the columns' present ones: the geometric mean of its extremes
/// comes to about 1, as for the rows that were there when the whole matrix was scaled.
static void scale_row(glp_prob *problem, int i, int length, const int *index, const double *value) {
  double least = INFINITY, greatest = 0;
  for (int k = 1; k <= length; k++) {
    double size = fabs(value[k]) * glp_get_sjj(problem, index[k]);
    if (size == 0) continue;
    if (size < least) least = size;
    if (size > greatest) greatest = size;
  }
  if (greatest == 0) return;
  double factor = exp2(rint(-0.5 * (log2(least) + log2(greatest))));
  if (isfinite(factor) && factor > 0) glp_set_rii(problem, i, factor);
}

int plimsoll_lp_add_rows(
    plimsoll_lp *lp, int32_t count, const double *lower, const double *upper, const int32_t *starts,
    const int32_t *columns, const double *values) {
  if (count == 0) return plimsoll_enter(lp);
  int32_t longest = 0;
  for (int32_t i = 0; i < count; i++)
    if (starts[i + 1] - starts[i] > longest) longest = starts[i + 1] - starts[i];
  int reserved = plimsoll_reserve(lp, (size_t)longest + 1);
  if (reserved != PLIMSOLL_OK) return reserved;
  PLIMSOLL_GUARD(lp);
  int first = glp_add_rows(lp->problem, count);
  for (int32_t i = 0; i < count; i++) {
    int length = starts[i + 1] - starts[i];
    for (int k = 0; k < length; k++) {
      lp->index[k + 1] = columns[starts[i] + k] + 1;
      lp->number[k + 1] = values[starts[i] + k];
    }
    glp_set_mat_row(lp->problem, first + i, length, lp->index, lp->number);
    plimsoll_set_row(lp->problem, first + i, lower[i], upper[i]);
    scale_row(lp->problem, first + i, length, lp->index, lp->number);
  }
  return PLIMSOLL_OK;
}

int plimsoll_lp_delete_rows(plimsoll_lp *lp, int32_t count, const int32_t *rows) {
  if (count == 0) return plimsoll_enter(lp);
  int reserved = plimsoll_reserve(lp, (size_t)count + 1);
  if (reserved != PLIMSOLL_OK) return reserved;
  PLIMSOLL_GUARD(lp);
  for (int32_t k = 0; k < count; k++) lp->index[k + 1] = rows[k] + 1;
  glp_del_rows(lp->problem, count, lp->index);
  return PLIMSOLL_OK;
}

int plimsoll_lp_set_column_bounds(
    plimsoll_lp *lp, int32_t count, const int32_t *columns, const double *lower,
    const double *upper) {
  PLIMSOLL_GUARD(lp);
  for (int32_t k = 0; k < count; k++)
    plimsoll_set_column(lp->problem, columns[k] + 1, lower[k], upper[k]);
  return PLIMSOLL_OK;
}

int plimsoll_lp_set_row_bounds(
    plimsoll_lp *lp, int32_t count, const int32_t *rows, const double *lower, const double *upper) {
  PLIMSOLL_GUARD(lp);
  for (int32_t k = 0; k < count; k++)
    plimsoll_set_row(lp->problem, rows[k] + 1, lower[k], upper[k]);
  return PLIMSOLL_OK;
}

int plimsoll_lp_set_costs(
    plimsoll_lp *lp, int32_t count, const int32_t *columns, const double *cost) {
  PLIMSOLL_GUARD(lp);
  for (int32_t k = 0; k < count; k++) glp_set_obj_coef(lp->problem, columns[k] + 1, cost[k]);
  return PLIMSOLL_OK;
}
