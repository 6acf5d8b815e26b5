#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "ensemble/checks.hpp"
#include "ensemble/normal_quantile.hpp"
#include "entente/ensemble/factor.hpp"

namespace entente {
namespace {

using Matrix = Eigen::MatrixXd;

/// Eigenvalues of a correlation matrix below this are rounding.
constexpr double rounding = 1e-10;

std::size_t index(Eigen::Index i) { return static_cast<std::size_t>(i); }

Matrix matrix_of(const JointNormal& joint) {
  const auto m = static_cast<Eigen::Index>(joint.mean.size());
  return Eigen::Map<const Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>>(
      joint.covariance.data(), m, m);
}

/// Standard deviations and the matrix without them; a constant is uncorrelated with unit variance.
struct Correlation {
  Eigen::VectorXd sd;
  Matrix matrix;
};

Correlation correlation_of(const Matrix& covariance) {
  Correlation c{covariance.diagonal().cwiseSqrt(), covariance};
  for (Eigen::Index i = 0; i < covariance.rows(); ++i) {
    for (Eigen::Index j = 0; j < covariance.cols(); ++j) {
      const double scale = c.sd[i] * c.sd[j];
      if (scale > 0.0) c.matrix(i, j) /= scale;
    }
    c.matrix(i, i) = 1.0;
  }
  return c;
}

Matrix root_of(const Matrix& correlation) {
  const Eigen::LLT<Matrix> definite(correlation);
  if (definite.info() == Eigen::Success) return definite.matrixL();
  const Eigen::LDLT<Matrix> pivoted(correlation);
  constexpr double least = 1e-13;  // pivots below are rounding
  const Eigen::VectorXd d =
      pivoted.vectorD().unaryExpr([](double x) { return x > least ? std::sqrt(x) : 0.0; });
  const Matrix lower = pivoted.matrixL();
  return pivoted.transpositionsP().transpose() * Matrix(lower * d.asDiagonal());
}

/// Whether the numbers are those of a covariance matrix but for its eigenvalues.
bool check_entries(const JointNormal& joint, detail::FieldChecks& checks) {
  const std::size_t m = joint.mean.size();
  const auto at = [&](std::size_t i, std::size_t j) { return joint.covariance[i * m + j]; };
  bool fits = true;
  for (std::size_t i = 0; i < m; ++i) {
    fits &= checks.finite(detail::item("mean", i), joint.mean[i]);
    for (std::size_t j = 0; j < m; ++j) {
      const auto place = detail::item(detail::item("covariance", i), j);
      const double scale = std::sqrt(std::abs(at(i, i)) * std::abs(at(j, j)));
      fits &= checks.finite(place, at(i, j)) &&
              (i != j || checks.expect(at(i, i) >= 0.0, place, at(i, i), "variances of 0 or more"));
      if (j >= i) continue;
      fits &= checks.expect(std::abs(at(i, j) - at(j, i)) <= 1e-12 * scale, place, at(i, j),
                            fmt::format("the same as across the diagonal ({})", at(j, i)));
      fits &= checks.expect(std::abs(at(i, j)) <= (1.0 + rounding) * scale, place, at(i, j),
                            fmt::format("at most the standard deviations' product ({})", scale));
    }
  }
  return fits;
}

void check_block(const std::vector<const BlockPlace*>& places, std::size_t block, std::size_t size,
                 detail::Findings& findings) {
  std::vector<std::size_t> taken(size);
  for (const auto* place : places) {
    if (place->block == block && place->place < size) ++taken[place->place];
  }
  for (std::size_t p = 0; p < size; ++p) {
    if (taken[p] == 1) continue;
    findings.report(detail::item("blocks", block),
                    fmt::format("{} factors at place {}", taken[p], p), "one");
  }
}

}  // namespace

std::vector<std::string> violations(const JointNormal& joint, std::string_view path) {
  detail::Findings findings;
  detail::FieldChecks checks(findings, path);
  const std::size_t m = joint.mean.size();
  if (!checks.expect(m > 0, "mean", std::string("no number"), "one or more") ||
      !checks.expect(joint.covariance.size() == m * m, "covariance",
                     fmt::format("{} numbers", joint.covariance.size()),
                     fmt::format("{} times {} numbers", m, m)) ||
      !check_entries(joint, checks)) {
    return findings.take();
  }
  const Eigen::SelfAdjointEigenSolver<Matrix> solver(correlation_of(matrix_of(joint)).matrix,
                                                     Eigen::EigenvaluesOnly);
  const double least = solver.eigenvalues().minCoeff();
  checks.expect(
      least >= -rounding, "covariance",
      fmt::format("an indefinite matrix (smallest eigenvalue of its correlation matrix {:.6g})",
                  least),
      "positive semidefinite ones");
  return findings.take();
}

Normal marginal(const JointNormal& joint, std::size_t place) {
  return {joint.mean.at(place), std::sqrt(joint.covariance.at(place * (joint.mean.size() + 1)))};
}

std::vector<double> root_of_covariance(const JointNormal& joint) {
  detail::refuse(violations(joint, "joint normal"));
  const Correlation correlation = correlation_of(matrix_of(joint));
  const Matrix root = correlation.sd.asDiagonal() * root_of(correlation.matrix);
  std::vector<double> rows;
  rows.reserve(index(root.size()));
  for (Eigen::Index i = 0; i < root.rows(); ++i) {
    for (Eigen::Index j = 0; j < root.cols(); ++j) rows.push_back(root(i, j));
  }
  return rows;
}

std::vector<std::string> violations(const std::vector<Factor>& factors,
                                    const std::vector<JointNormal>& blocks) {
  detail::Findings findings;
  std::vector<std::string> found;
  const auto add = [&](const std::vector<std::string>& more) {
    found.insert(found.end(), more.begin(), more.end());
  };
  if (factors.empty()) findings.report("factors", "none", "one or more");
  std::vector<std::string_view> names;
  std::vector<const BlockPlace*> places;
  for (std::size_t f = 0; f < factors.size(); ++f) {
    names.push_back(factors[f].name);
    const auto path = detail::item("factors", f);
    if (const auto* distribution = std::get_if<Distribution>(&factors[f].source)) {
      add(violations(*distribution, path));
      continue;
    }
    const auto& place = std::get<BlockPlace>(factors[f].source);
    places.push_back(&place);
    if (findings.below(path + ".block", place.block, blocks.size())) {
      findings.below(path + ".place", place.place, blocks[place.block].mean.size());
    }
  }
  findings.unique_names("factors", names);
  for (std::size_t b = 0; b < blocks.size(); ++b) {
    add(violations(blocks[b], detail::item("blocks", b)));
    check_block(places, b, blocks[b].mean.size(), findings);
  }
  add(findings.take());
  return found;
}

FactorSpace::FactorSpace(std::vector<Factor> factors, std::vector<JointNormal> blocks)
    : factors_(std::move(factors)), blocks_(std::move(blocks)) {
  detail::refuse(violations(factors_, blocks_));
  for (const auto& block : blocks_) {
    roots_.push_back({std::vector<std::size_t>(block.mean.size()), root_of_covariance(block)});
  }
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    if (const auto* at = std::get_if<BlockPlace>(&factors_[f].source)) {
      roots_[at->block].columns[at->place] = f;
    }
  }
}

std::optional<std::size_t> FactorSpace::find(std::string_view name) const {
  const auto at = std::find_if(factors_.begin(), factors_.end(),
                               [&](const Factor& factor) { return factor.name == name; });
  if (at == factors_.end()) return std::nullopt;
  return static_cast<std::size_t>(at - factors_.begin());
}

Support FactorSpace::support(std::size_t factor) const {
  const auto& source = factors_.at(factor).source;
  if (const auto* distribution = std::get_if<Distribution>(&source)) {
    return entente::support(*distribution);
  }
  constexpr double infinity = std::numeric_limits<double>::infinity();
  return {-infinity, infinity, false};
}

std::vector<double> FactorSpace::values(std::span<const double> point) const {
  const auto is_inside = [](double u) { return u >= 0.0 && u <= 1.0; };
  if (point.size() != size() || !std::all_of(point.begin(), point.end(), is_inside)) {
    throw std::invalid_argument("FactorSpace: not a point of the unit cube of its factors");
  }
  std::vector<double> values(size());
  for (std::size_t f = 0; f < size(); ++f) {
    if (const auto* distribution = std::get_if<Distribution>(&factors_[f].source)) {
      values[f] = quantile(*distribution, point[f]);
    }
  }
  for (std::size_t b = 0; b < blocks_.size(); ++b) {
    const auto& columns = roots_[b].columns;
    const std::size_t m = columns.size();
    std::vector<double> z(m);
    for (std::size_t j = 0; j < m; ++j) z[j] = detail::normal_quantile(point[columns[j]]);
    for (std::size_t i = 0; i < m; ++i) {
      double sum = 0.0;
      for (std::size_t j = 0; j < m; ++j) {
        const double weight = roots_[b].matrix[i * m + j];
        if (weight != 0.0) sum += weight * z[j];  // z may be infinite
      }
      values[columns[i]] = blocks_[b].mean[i] + sum;
    }
  }
  return values;
}

}  // namespace entente
