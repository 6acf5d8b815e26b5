#include <Eigen/Core>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "entente/ensemble/sensitivity.hpp"

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();
/// Eigenvalues of correlations below this are zero but for rounding.
constexpr double least_eigenvalue = 1e-10;
/// Share of a factor in a direction that does not exist, above which others determine it.
constexpr double least_share = 1e-6;
constexpr double least_unexplained = 1e-15;

using Column = std::vector<double>;

bool varies(const Column& values) {
  return std::any_of(values.begin(), values.end(), [&](double x) { return x != values.front(); });
}

/// Ranks from 1 on; ties share the mean of theirs.
Column ranks(const Column& values) {
  std::vector<std::size_t> order(values.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
    return values[x] != values[y] ? values[x] < values[y] : x < y;
  });
  Column out(values.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && values[order[end]] == values[order[first]]) ++end;
    for (std::size_t at = first; at < end; ++at) {
      out[order[at]] = static_cast<double>(first + 1 + end) / 2.0;
    }
    first = end;
  }
  return out;
}

/// Centred and of length 1, so that products are correlations.
Column scaled(Column values) {
  const double mean =
      std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  double squares = 0.0;
  for (double& x : values) {
    x -= mean;
    squares += x * x;
  }
  for (double& x : values) x /= std::sqrt(squares);
  return values;
}

double product(const Column& x, const Column& y) {
  return std::inner_product(x.begin(), x.end(), y.begin(), 0.0);
}

/// Of the factors that vary.
struct Fit {
  Column correlation, coefficient, partial, inflation;
  double r_squared = nan;
  double condition = nan;
};

/// The inverse of C on the directions that exist, and whether others determine a factor.
struct Inverse {
  Eigen::MatrixXd matrix;
  std::vector<bool> determined;
  double condition = nan;
};

Inverse invert(const Eigen::MatrixXd& correlations) {
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(correlations);
  const auto& values = solver.eigenvalues();  // ascending
  const auto& directions = solver.eigenvectors();
  const Eigen::Index k = values.size();
  Inverse out{Eigen::MatrixXd::Zero(k, k), std::vector<bool>(static_cast<std::size_t>(k)), 0.0};
  for (Eigen::Index d = 0; d < k; ++d) {
    if (values(d) >= least_eigenvalue) {
      out.matrix += directions.col(d) * directions.col(d).transpose() / values(d);
      continue;
    }
    for (Eigen::Index i = 0; i < k; ++i) {
      if (std::fabs(directions(i, d)) > least_share) {
        out.determined[static_cast<std::size_t>(i)] = true;
      }
    }
  }
  out.condition = values(0) >= least_eigenvalue ? std::sqrt(values(k - 1) / values(0)) : infinity;
  return out;
}

Fit fit(const std::vector<Column>& factors, const Column& output) {
  const auto k = static_cast<Eigen::Index>(factors.size());
  Fit out;
  for (const auto& x : factors) out.correlation.push_back(product(x, output));
  for (auto* column : {&out.coefficient, &out.partial, &out.inflation}) {
    column->assign(factors.size(), nan);
  }
  if (factors.empty() || output.size() <= factors.size() + 1) return out;
  Eigen::MatrixXd correlations(k, k);
  for (Eigen::Index i = 0; i < k; ++i) {
    for (Eigen::Index j = 0; j < k; ++j) {
      const auto& x = factors[static_cast<std::size_t>(i)];
      correlations(i, j) = i == j ? 1.0 : product(x, factors[static_cast<std::size_t>(j)]);
    }
  }
  const auto inverse = invert(correlations);
  const Eigen::VectorXd r = Eigen::Map<const Eigen::VectorXd>(out.correlation.data(), k);
  const Eigen::VectorXd coefficients = inverse.matrix * r;
  out.r_squared = std::clamp(r.dot(coefficients), 0.0, 1.0);
  out.condition = inverse.condition;
  const double unexplained = std::max(1.0 - out.r_squared, least_unexplained);
  for (std::size_t i = 0; i < factors.size(); ++i) {
    const auto at = static_cast<Eigen::Index>(i);
    out.inflation[i] = inverse.determined[i] ? infinity : inverse.matrix(at, at);
    if (inverse.determined[i]) continue;
    const double own = coefficients(at);
    out.coefficient[i] = own;
    out.partial[i] = own / std::sqrt(own * own + out.inflation[i] * unexplained);
  }
  return out;
}

}  // namespace

Regression regress(const Cases& cases) {
  cases.check();
  std::vector<Column> columns(cases.factors);
  Column y;
  for (std::size_t n = 0; n < cases.y.size(); ++n) {
    if (!cases.complete(n)) continue;
    for (std::size_t i = 0; i < cases.factors; ++i) columns[i].push_back(cases.row(n)[i]);
    y.push_back(cases.y[n]);
  }
  Regression out;
  out.rows = y.size();
  out.dropped = cases.y.size() - y.size();
  out.constant = !varies(y);
  out.factors.assign(cases.factors, {nan, nan, nan, nan, nan, nan, nan, nan});
  out.r_squared = out.rank_r_squared = out.condition = nan;
  if (out.constant) return out;
  std::vector<std::size_t> used;
  std::vector<Column> values, places;
  for (std::size_t i = 0; i < cases.factors; ++i) {
    if (!varies(columns[i])) continue;
    used.push_back(i);
    places.push_back(scaled(ranks(columns[i])));
    values.push_back(scaled(std::move(columns[i])));
  }
  const auto plain = fit(values, scaled(y)), ranked = fit(places, scaled(ranks(y)));
  out.r_squared = plain.r_squared;
  out.rank_r_squared = ranked.r_squared;
  out.condition = plain.condition;
  const double freedom = static_cast<double>(out.rows) - static_cast<double>(used.size()) - 1.0;
  for (std::size_t i = 0; i < used.size(); ++i) {
    const double error = std::sqrt(plain.inflation[i] * (1.0 - plain.r_squared) / freedom);
    out.factors[used[i]] = {plain.correlation[i], ranked.correlation[i],
                            plain.coefficient[i], std::isfinite(plain.coefficient[i]) ? error : nan,
                            plain.partial[i],     ranked.coefficient[i],
                            ranked.partial[i],    plain.inflation[i]};
  }
  return out;
}

}  // namespace entente
