#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "entente/ensemble/factor.hpp"

/// Designs: which points a study looks at, as rows of a table with a column per factor.
namespace entente {

/// Every combination of levels; the last factor changes fastest. Level i of m lies at i / (m - 1)
/// (`ends`; one level lies at 1/2) or at (i + 1/2) / m (`middles`).
struct GridDesign {
  enum class Placement : std::uint8_t { ends, middles };
  std::vector<std::size_t> levels;  ///< per factor, or one number for all
  Placement placement = Placement::middles;
  bool operator==(const GridDesign&) const = default;
};

/// Rows as given, in values of the factors.
struct ListDesign {
  std::vector<double> values;  ///< shape (rows, factors)
  bool operator==(const ListDesign&) const = default;
};

/// Independent, even over the cube.
struct RandomDesign {
  std::size_t points = 0;
  std::uint64_t seed = 0;
  bool operator==(const RandomDesign&) const = default;
};

/// Each column has one point in each of `points` equal strata.
///
/// Distances are Euclidean, between the strata's middles; the place within a stratum is drawn later
/// (or is its middle, with `centred`).
/// @source  McKay, Beckman & Conover (1979), Technometrics 21; Morris & Mitchell (1995), Journal of
///          Statistical Planning and Inference 43
struct LatinDesign {
  enum class Criterion : std::uint8_t {
    plain,    ///< permutations as drawn
    best_of,  ///< of `tries` plain ones that whose least distance is greatest; of those the one of
              ///< least phi_16
    /// Simulated annealing of phi_16 = (sum over pairs of d^-16)^(1/16), from the plain one, by
    /// `tries` exchanges of two entries of a column; the temperature falls in even ratios from
    /// 0.05 to 1e-5 of the first phi; some ten to a thousand tries per entry pay. The plain one
    /// stays where its least distance is greater.
    exchange
  };
  std::size_t points = 0;
  Criterion criterion = Criterion::plain;
  std::size_t tries = 100;
  bool centred = false;
  std::uint64_t seed = 0;
  bool operator==(const LatinDesign&) const = default;
};

/// How a Sobol sequence is made random. All keep it a digital net.
enum class Scramble : std::uint8_t {
  none,   ///< the sequence as published
  shift,  ///< one random word per column is added without carry
  owen    ///< nested uniform: each binary digit is flipped at random, given all digits before it
};

/// Points skip, skip + 1, ... of the Sobol sequence, in the order of the Gray code, with 32 binary
/// digits. The origin is point 0. None is skipped unless asked for: without it the first 2^m points
/// are no net. Randomised points lie half a unit of the last digit above their digits, hence inside
/// the cube.
///
/// @source  Sobol (1967); Joe & Kuo (2008), SIAM Journal on Scientific Computing 30 (directions, as
///          in Boost.Random); Owen (1995), in Niederreiter & Shiue; Owen (2022), in Keller
struct SobolDesign {
  std::size_t points = 0;
  Scramble scramble = Scramble::owen;
  std::size_t skip = 0;
  std::uint64_t seed = 0;
  bool operator==(const SobolDesign&) const = default;
};

/// For Sobol indices: two matrices A and B, the halves of the columns of one Sobol sequence of
/// twice as many, and all that have one column of the other.
///
/// Order of rows: for each n: A_n, (A_B^1)_n, ..., (A_B^k)_n, with `second_order` also (B_A^1)_n,
/// ..., (B_A^k)_n, and last B_n; A_B^i is A with column i of B. So base (k + 2) rows, or base
/// (2 k + 2).
/// @source  Saltelli (2002), Computer Physics Communications 145; Saltelli et al. (2010), ibid. 181
struct SaltelliDesign {
  std::size_t base = 0;  ///< rows of A
  bool second_order = false;
  Scramble scramble = Scramble::owen;
  std::size_t skip = 0;
  std::uint64_t seed = 0;
  bool operator==(const SaltelliDesign&) const = default;
};

/// Trajectories through a grid of p levels 0, 1 / (p - 1), ..., 1, each of which changes every
/// factor once, by delta() up or down, in random order. Rows: trajectory by trajectory, each of
/// k + 1 points.
///
/// With `candidates` the `trajectories` of them are taken that spread most: the sum over pairs of
/// trajectories of D_ij^2, where D_ij sums the Euclidean distances of the points of i from those of
/// j. The most distant pair is taken first, then the one that adds most, until there are enough;
/// then single ones are exchanged as long as that helps. They stay in the order of their numbers.
/// @source  Morris (1991), Technometrics 33; Campolongo, Cariboni & Saltelli (2007), Environmental
///          Modelling & Software 22; Ruano et al. (2012), ibid. 37 (one after the other)
struct MorrisDesign {
  std::size_t trajectories = 0;
  std::size_t levels = 4;      ///< p, even
  std::size_t candidates = 0;  ///< 0 = trajectories as drawn
  std::uint64_t seed = 0;
  bool operator==(const MorrisDesign&) const = default;
  /// p / (2 (p - 1)), in units of the cube.
  [[nodiscard]] double delta() const;
};

/// In what a point is written.
enum class Coordinates : std::uint8_t {
  cube,   ///< probabilities, to be mapped by a FactorSpace
  values  ///< of the factors
};

/// The base, then for each factor `steps` points in even steps from low to high, all others at the
/// base. So 1 + steps * k rows.
struct OneAtATimeDesign {
  std::vector<double> base, low, high;  ///< per factor, or one number for all
  std::size_t steps = 2;                ///< 2: low and high
  Coordinates coordinates = Coordinates::cube;
  bool operator==(const OneAtATimeDesign&) const = default;
};

using DesignKind = std::variant<GridDesign, ListDesign, RandomDesign, LatinDesign, SobolDesign,
                                SaltelliDesign, MorrisDesign, OneAtATimeDesign>;

/// `grid`, `list`, `random`, `latin_hypercube`, `sobol`, `saltelli`, `morris`, `one_at_a_time`.
[[nodiscard]] std::string_view name_of(const DesignKind& kind);
/// The order of the rows, as a sentence for people and files.
[[nodiscard]] std::string_view row_order(const DesignKind& kind);

/// What is wrong with a design, each as `field: found X; allowed: Y`.
[[nodiscard]] std::vector<std::string> violations(const DesignKind& kind, std::size_t factors);
/// What is allowed but seldom wise, a sentence each, such as a Sobol sequence whose length is no
/// power of 2.
[[nodiscard]] std::vector<std::string> warnings(const DesignKind& kind);

/// Levels of a row of a grid, shape (factors).
struct GridPlace {
  std::vector<std::size_t> levels;
  bool operator==(const GridPlace&) const = default;
};

enum class SaltelliMatrix : std::uint8_t { a, ab, ba, b };
/// Row n of a matrix of Saltelli's design.
struct SaltelliPlace {
  std::size_t n = 0;
  SaltelliMatrix matrix = SaltelliMatrix::a;
  std::size_t factor = 0;  ///< whose column is the other's; 0 for A and B
  bool operator==(const SaltelliPlace&) const = default;
};

/// A point of a trajectory and what has changed since the one before.
struct MorrisPlace {
  std::size_t trajectory = 0;
  std::size_t step = 0;                    ///< 0 = its first point
  std::optional<std::size_t> factor = {};  ///< none at its first point
  double change = 0.0;                     ///< delta or -delta
  bool operator==(const MorrisPlace&) const = default;
};

struct OneAtATimePlace {
  std::optional<std::size_t> factor = {};  ///< none at the base
  std::size_t step = 0;                    ///< from low
  bool operator==(const OneAtATimePlace&) const = default;
};

/// What a row is within its design; a row of a list, a random design, a Latin hypercube or a Sobol
/// sequence is no more than a row.
using RowPlace =
    std::variant<std::monostate, GridPlace, SaltelliPlace, MorrisPlace, OneAtATimePlace>;

/// The row of Saltelli's design at which a place is.
///
/// @throws std::out_of_range  it has no such place
[[nodiscard]] std::size_t row_of(const SaltelliDesign& design, std::size_t factors,
                                 const SaltelliPlace& place);

namespace detail {
class PointSource;
}

/// A design for a number of factors: gives any point by its row. A value: copies share what they
/// hold and nothing changes, so threads may use one.
///
/// Latin hypercubes hold four bytes per entry, lists what was given, chosen Morris trajectories
/// eight bytes each; all other points are computed from the row's number alone.
class StudyDesign {
 public:
  /// @throws std::invalid_argument  see `violations`
  StudyDesign(DesignKind kind, std::size_t factors);

  [[nodiscard]] const DesignKind& kind() const noexcept { return kind_; }
  [[nodiscard]] std::size_t factors() const noexcept { return factors_; }
  [[nodiscard]] std::size_t rows() const noexcept { return rows_; }
  /// Of all points.
  [[nodiscard]] Coordinates coordinates() const noexcept;
  /// Whether a point may have 0 or 1 as a coordinate of the cube.
  [[nodiscard]] bool touches_ends() const;

  /// The point of a row, shape (factors), in `coordinates()`.
  ///
  /// @throws std::out_of_range  no such row
  [[nodiscard]] std::vector<double> point(std::size_t row) const;
  /// @throws std::out_of_range  no such row
  [[nodiscard]] RowPlace place(std::size_t row) const;

 private:
  DesignKind kind_;
  std::size_t factors_;
  std::size_t rows_;
  std::shared_ptr<const detail::PointSource> source_;
};

/// Values of all factors at a row, whatever the coordinates of the design.
///
/// @throws std::out_of_range  no such row
/// @throws std::invalid_argument  another number of factors
[[nodiscard]] std::vector<double> values_at(const StudyDesign& design, const FactorSpace& space,
                                            std::size_t row);

/// Why a design does not suit the factors, each as `path: found X; allowed: Y`: another number of
/// them, points at the ends of the cube where a factor is unbounded, and values outside a factor's
/// support.
[[nodiscard]] std::vector<std::string> violations(const StudyDesign& design,
                                                  const FactorSpace& space);
/// What to keep in mind, a sentence each: Saltelli's and Morris's designs vary the independent
/// normals behind jointly normal factors, not these.
[[nodiscard]] std::vector<std::string> warnings(const StudyDesign& design,
                                                const FactorSpace& space);

}  // namespace entente
