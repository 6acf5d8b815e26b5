#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "entente/estimate/design.hpp"

namespace entente {

/// Where a likelihood is taken: coefficients and dispositions of actors.
struct Point {
  Eigen::VectorXd theta;  ///< (P)
  Eigen::VectorXd
      disposition;  ///< (G), a disposition per actor and history; (0) where there are none
};

/// Log-likelihood of decisions and its derivatives at one point. The Hessian is an arrow: no two
/// dispositions share a decision.
struct Likelihood {
  double value = 0.0;                    ///< [nat]
  Eigen::VectorXd gradient;              ///< (P)
  Eigen::MatrixXd hessian;               ///< (P, P)
  Eigen::VectorXd disposition_gradient;  ///< (G)
  Eigen::MatrixXd disposition_cross;     ///< (P, G)
  Eigen::VectorXd disposition_hessian;   ///< (G): the diagonal
};

/// The decisions of a design in the form that the likelihood is computed from, with some of the
/// coefficients free and the others in the offset. Immutable.
///
/// With opportunity q, utilities against staying u (rise) and d (fall), Z = 1 + e^u + e^d: a rise
/// has probability q e^u / Z, a fall q e^d / Z, and nothing happens with 1 - q + q / Z.
///
/// @source  McFadden (1974), Conditional logit analysis of qualitative choice behavior; the
///          derivatives of the stay follow by differentiating ln(1 - q + q / Z)
class LikelihoodData {
 public:
  /// @param free   columns of the design to estimate, ascending
  /// @param fixed  values of all coefficients; those of free ones are not used
  /// @param dispositions  whether actors have dispositions
  LikelihoodData(const Design& design, const std::vector<std::size_t>& free,
                 const std::vector<double>& fixed, bool dispositions = false);

  [[nodiscard]] Likelihood at(const Point& point) const;
  [[nodiscard]] double value_at(const Point& point) const;
  /// The same over rows n with fold[n] == which.
  [[nodiscard]] double value_at(const Point& point, const std::vector<std::uint8_t>& fold,
                                std::uint8_t which) const;
  /// The rows with fold[n] != which.
  [[nodiscard]] LikelihoodData without(const std::vector<std::uint8_t>& fold,
                                       std::uint8_t which) const;
  /// The same without dispositions.
  [[nodiscard]] LikelihoodData without_dispositions() const;
  /// Place in the design of each row, in whose order `fold` is.
  [[nodiscard]] const std::vector<std::size_t>& order() const { return order_; }
  [[nodiscard]] std::size_t size() const { return order_.size(); }
  [[nodiscard]] Eigen::Index parameters() const { return rise_.cols(); }
  [[nodiscard]] Eigen::Index dispositions() const {
    return static_cast<Eigen::Index>(owners_.size());
  }
  /// History and actor of each disposition.
  [[nodiscard]] const std::vector<std::pair<std::uint16_t, std::uint32_t>>& owners() const {
    return owners_;
  }
  /// Standard deviation of a driver over the moves that were open [utility per coefficient].
  [[nodiscard]] const std::vector<double>& spread() const { return spread_; }

 private:
  LikelihoodData() = default;
  void add_dispositions(const Design& design);
  void measure_spread();
  void add_disposition(const Point& point, Eigen::VectorXd& up, Eigen::VectorXd& down) const;

  // Decisions with a rung below come first, and only they have a row of `fall`.
  std::vector<std::size_t> order_;
  Eigen::MatrixXd rise_, fall_;
  Eigen::VectorXd offset_rise_, offset_fall_, opportunity_;
  std::vector<std::uint8_t> options_;  ///< bit 0: can rise, bit 1: can fall
  std::vector<std::int8_t> moved_;
  std::vector<double> spread_;
  std::vector<std::pair<std::uint16_t, std::uint32_t>> owners_;
  std::vector<Eigen::Index> disposition_;  ///< of each row; empty without dispositions
  Eigen::VectorXd disposition_rise_, disposition_fall_;
};

}  // namespace entente
