#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

/// What a study varies, and the values that it takes.
namespace entente {

/// Even over [low, high].
struct Uniform {
  double low = 0.0;
  double high = 1.0;
  bool operator==(const Uniform&) const = default;
};

/// The logarithm is even over [log low, log high].
struct LogUniform {
  double low = 1.0;
  double high = 10.0;
  bool operator==(const LogUniform&) const = default;
};

struct Normal {
  double mean = 0.0;
  double sd = 1.0;
  bool operator==(const Normal&) const = default;
};

/// Normal(mean, sd), given that it lies in [low, high]; either may be infinite. `mean` and `sd` are
/// those before it is cut.
struct TruncatedNormal {
  double mean = 0.0;
  double sd = 1.0;
  double low = -1.0;
  double high = 1.0;
  bool operator==(const TruncatedNormal&) const = default;
};

/// The logarithm is normal with mean log(median) and standard deviation log_sd.
struct LogNormal {
  double median = 1.0;
  double log_sd = 1.0;
  bool operator==(const LogNormal&) const = default;
};

/// Density rises evenly from low to mode and falls evenly to high; mode may be at either end.
struct Triangular {
  double low = 0.0;
  double mode = 0.5;
  double high = 1.0;
  bool operator==(const Triangular&) const = default;
};

/// Beta(alpha, beta), stretched to [low, high].
struct Beta {
  double alpha = 1.0;
  double beta = 1.0;
  double low = 0.0;
  double high = 1.0;
  bool operator==(const Beta&) const = default;
};

/// Beta of three judged points: alpha = 1 + w (mode - low) / (high - low),
/// beta = 1 + w (high - mode) / (high - low), w = weight; with 4 the mean is
/// (low + 4 mode + high) / 6.
///
/// @source  Malcolm, Roseboom, Clark & Fazar (1959), Operations Research 7
struct Pert {
  double low = 0.0;
  double mode = 0.5;
  double high = 1.0;
  double weight = 4.0;
  bool operator==(const Pert&) const = default;
};

/// Whole numbers low to high, both included, equally probable.
struct Integers {
  std::int64_t low = 0;
  std::int64_t high = 1;
  bool operator==(const Integers&) const = default;
};

/// One of `count` alternatives, equally probable; the value is its index, from 0.
struct Choice {
  std::size_t count = 2;
  bool operator==(const Choice&) const = default;
};

/// How a parameter is distributed.
using Distribution = std::variant<Uniform, LogUniform, Normal, TruncatedNormal, LogNormal,
                                  Triangular, Beta, Pert, Integers, Choice>;

/// `uniform`, `log_uniform`, `truncated_normal`, ...
[[nodiscard]] std::string_view name_of(const Distribution& distribution);

/// The value that is not exceeded with probability u.
///
/// Uniform, log-uniform, normal, log-normal and triangular ones, integers and choices are computed
/// in plain arithmetic: the same bits on every machine. Truncated normals and betas go through
/// Boost.Math, whose last bit depends on the machine's C library.
///
/// @param distribution  one without violations
/// @param u             in [0, 1]; 0 and 1 give the ends of the support, which may be infinite
/// @source  Wichura (1988), Applied Statistics 37, algorithm AS 241 (normal)
[[nodiscard]] double quantile(const Distribution& distribution, double u);

/// The smallest and the largest value; either may be infinite.
struct Support {
  double low;
  double high;
  bool whole;  ///< only whole numbers
};
[[nodiscard]] Support support(const Distribution& distribution);

/// What is wrong with a distribution, each as `path: found X; allowed: Y`.
///
/// @param path  where it stands; fields are named below it
[[nodiscard]] std::vector<std::string> violations(const Distribution& distribution,
                                                  std::string_view path);

/// Parameters that are jointly normal, such as coefficients with the covariance of their fit.
struct JointNormal {
  std::vector<double> mean;        ///< shape (m)
  std::vector<double> covariance;  ///< shape (m, m), symmetric
  bool operator==(const JointNormal&) const = default;
};

/// The distribution of one of them by itself.
[[nodiscard]] Normal marginal(const JointNormal& joint, std::size_t place);

/// A lower triangular L with L L' = covariance; another root where the matrix is singular.
///
/// Cholesky of the correlation matrix, whose rows are then stretched by the standard deviations. A
/// singular one is factored with pivoting, and pivots below rounding error count as 0. A matrix is
/// indefinite where an eigenvalue of the correlation matrix is below -1e-10.
///
/// @return  L, shape (m, m)
/// @throws std::invalid_argument  see `violations`
[[nodiscard]] std::vector<double> root_of_covariance(const JointNormal& joint);
/// What is wrong with it, each as `path: found X; allowed: Y`; an indefinite covariance is reported
/// with the smallest eigenvalue of its correlation matrix.
[[nodiscard]] std::vector<std::string> violations(const JointNormal& joint, std::string_view path);

/// A factor that is one of several jointly normal ones.
struct BlockPlace {
  std::size_t block = 0;  ///< index of the JointNormal
  std::size_t place = 0;  ///< index in it
  bool operator==(const BlockPlace&) const = default;
};

/// One thing that a study varies.
struct Factor {
  std::string name;
  std::variant<Distribution, BlockPlace> source;
  bool operator==(const Factor&) const = default;
};

/// The ordered factors of a study: maps points of the unit cube to values.
///
/// Column f of a point drives factor f. A factor of its own takes its quantile. The factors of a
/// block take mean + L z with z = normal quantiles of their own columns, in the order of places.
class FactorSpace {
 public:
  /// @throws std::invalid_argument  see `violations`
  explicit FactorSpace(std::vector<Factor> factors, std::vector<JointNormal> blocks = {});

  [[nodiscard]] std::size_t size() const noexcept { return factors_.size(); }
  [[nodiscard]] const std::vector<Factor>& factors() const noexcept { return factors_; }
  [[nodiscard]] const std::vector<JointNormal>& blocks() const noexcept { return blocks_; }
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  /// Smallest and largest value of a factor.
  [[nodiscard]] Support support(std::size_t factor) const;

  /// Values of all factors, shape (factors).
  ///
  /// @param point  in the unit cube, shape (factors)
  /// @throws std::invalid_argument  another number of columns, or one not in [0, 1]
  [[nodiscard]] std::vector<double> values(std::span<const double> point) const;

 private:
  struct Root {
    std::vector<std::size_t> columns;  // by place
    std::vector<double> matrix;
  };

  std::vector<Factor> factors_;
  std::vector<JointNormal> blocks_;
  std::vector<Root> roots_;
};

/// What is wrong with the factors, each as `path: found X; allowed: Y`: names empty or double,
/// distributions and blocks, and every place of every block taken by exactly one factor.
[[nodiscard]] std::vector<std::string> violations(const std::vector<Factor>& factors,
                                                  const std::vector<JointNormal>& blocks);

}  // namespace entente
