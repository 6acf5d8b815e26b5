#include "entente/estimate/goodness.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <stdexcept>
#include <utility>

#include "core/math.hpp"
#include "entente/estimate/scores.hpp"

namespace entente {
namespace {

using Rows = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double relative_tolerance = 1e-8;
constexpr std::array<std::size_t, 4> first_places{1, 2, 5, 10};
constexpr std::size_t most_moves = 3;  // actors with so many or more are one group

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

/// The directions in which a cloud varies, in standard deviations of its components.
class Cloud {
 public:
  explicit Cloud(const Rows& simulated)
      : mean_(simulated.colwise().mean()),
        unit_(simulated.cols()),
        replicates_(static_cast<double>(simulated.rows())) {
    const Rows deviations = simulated.rowwise() - mean_;
    for (Eigen::Index c = 0; c < simulated.cols(); ++c) {
      // Asked of the values themselves: rounding of the mean may leave a constant some variance.
      const bool varies = simulated.col(c).minCoeff() < simulated.col(c).maxCoeff();
      unit_(c) = varies ? math::sqrt(deviations.col(c).squaredNorm() / (replicates_ - 1.0)) : 0.0;
    }
    const Rows scaled = deviations * inverse_unit().asDiagonal();
    const Eigen::MatrixXd correlation = scaled.transpose() * scaled / (replicates_ - 1.0);
    keep(Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(correlation));
  }

  [[nodiscard]] std::size_t rank() const { return static_cast<std::size_t>(directions_.cols()); }
  [[nodiscard]] double mean(Eigen::Index c) const { return mean_(c); }
  [[nodiscard]] double sd(Eigen::Index c) const { return unit_(c); }

  [[nodiscard]] double distance(const Eigen::RowVectorXd& x) const {
    return ((scaled(x) * directions_).array() * inverse_root_.transpose().array()).matrix().norm();
  }

  /// Length of the deviation outside of all directions.
  [[nodiscard]] double unseen(const Eigen::RowVectorXd& x) const {
    const Eigen::RowVectorXd deviation = scaled(x);
    const double rest = (deviation - deviation * directions_ * directions_.transpose()).norm();
    return rest <= relative_tolerance * std::max(1.0, deviation.norm()) ? 0.0 : rest;
  }

 private:
  void keep(const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>& solver) {
    const auto& values = solver.eigenvalues();  // ascending
    const Eigen::Index all = values.size();
    Eigen::Index kept = 0;
    if (all > 0 && values(all - 1) > 0.0) {
      while (kept < all && values(all - 1 - kept) > relative_tolerance * values(all - 1)) ++kept;
    }
    directions_ = solver.eigenvectors().rightCols(kept);
    inverse_root_ = values.tail(kept).cwiseSqrt().cwiseInverse();
  }

  [[nodiscard]] Eigen::VectorXd inverse_unit() const {
    return unit_.unaryExpr([](double u) { return u > 0.0 ? 1.0 / u : 0.0; });
  }
  [[nodiscard]] Eigen::RowVectorXd scaled(const Eigen::RowVectorXd& x) const {
    return (x - mean_) * inverse_unit().asDiagonal();
  }

  Eigen::RowVectorXd mean_;
  Eigen::VectorXd unit_;  // standard deviation; 0 where a component never varies
  double replicates_;
  Eigen::MatrixXd directions_;    // one per column
  Eigen::VectorXd inverse_root_;  // of the variance along each
};

GoodnessComponent component_of(const Rows& simulated, Eigen::Index c, const Cloud& cloud) {
  GoodnessComponent component;
  std::vector<double> values(static_cast<std::size_t>(simulated.rows()));
  for (std::size_t r = 0; r < values.size(); ++r) {
    values[r] = simulated(static_cast<Eigen::Index>(r), c);
  }
  component.mean = cloud.mean(c);
  component.sd = cloud.sd(c);
  component.low = score::quantile(values, 0.05);
  component.median = score::quantile(values, 0.5);
  component.high = score::quantile(std::move(values), 0.95);
  return component;
}

std::string ordinal(std::size_t place) {
  return std::to_string(place) + (place == 1 ? "st" : place == 2 ? "nd" : "th");
}

}  // namespace

GoodnessOfFit goodness_of_fit(std::string name, const std::vector<std::string>& names,
                              const std::vector<double>& simulated,
                              const std::vector<double>& observed) {
  const std::size_t n = names.size();
  require(n > 0 && observed.size() == n && simulated.size() % n == 0,
          "goodness_of_fit: found unlike numbers of names and values");
  require(simulated.size() >= 2 * n, "goodness_of_fit: found fewer than two replicates");
  const Rows rows =
      Eigen::Map<const Rows>(simulated.data(), static_cast<Eigen::Index>(simulated.size() / n),
                             static_cast<Eigen::Index>(n));
  const Eigen::RowVectorXd seen =
      Eigen::Map<const Eigen::RowVectorXd>(observed.data(), static_cast<Eigen::Index>(n));
  require(rows.allFinite() && seen.allFinite(), "goodness_of_fit: found a value not finite");

  const Cloud cloud(rows);
  GoodnessOfFit fit;
  fit.name = std::move(name);
  fit.rank = cloud.rank();
  fit.distance = cloud.distance(seen);
  fit.unseen = cloud.unseen(seen);
  bool impossible = false;
  for (std::size_t c = 0; c < n; ++c) {
    auto component = component_of(rows, static_cast<Eigen::Index>(c), cloud);
    component.name = names[c];
    component.observed = observed[c];
    component.impossible = component.sd == 0.0 && component.median != observed[c];
    impossible = impossible || component.impossible;
    fit.components.push_back(std::move(component));
  }
  std::size_t farther = 0;
  for (Eigen::Index r = 0; r < rows.rows(); ++r) {
    // As far but for rounding is as far: statistics are small integers, so that ties are common.
    farther += cloud.distance(rows.row(r)) >= fit.distance * (1.0 - 1e-9) ? 1U : 0U;
  }
  fit.p = impossible ? 0.0 : static_cast<double>(farther) / static_cast<double>(rows.rows());
  return fit;
}

std::vector<std::uint8_t> observed_actors(const Path& path, std::size_t authority,
                                          LadderRole ladder) {
  require(authority < path.authorities, "observed_actors: found an authority not in the path");
  std::vector<std::uint8_t> mask(path.actors, 0);
  for (std::size_t t = 0; t < path.steps; ++t) {
    for (std::size_t i = 0; i < path.actors; ++i) {
      if (path.observed[path.decision(authority, ladder, t, i)] != 0) mask[i] = 1;
    }
  }
  return mask;
}

/// What the actors of a trajectory did.
struct GoodnessRecorder::Moves {
  std::size_t ups = 0, downs = 0;
  std::vector<std::size_t> of_actor;               // (who_)
  std::vector<std::vector<std::size_t>> arrivals;  // steps in ascending order, by rung
};

GoodnessRecorder::GoodnessRecorder(const Model& model, const Path& path, GoodnessScope scope)
    : scope_(std::move(scope)),
      authorities_(model.authorities.size()),
      steps_(model.calendar.steps()),
      actors_(model.actors.size()),
      rungs_(model.ladders[index_of(scope_.ladder)].size()) {
  require(path.authorities == authorities_ && path.steps == steps_ && path.actors == actors_,
          "GoodnessRecorder: found a path of another model");
  require(scope_.authority < authorities_, "GoodnessRecorder: found no such authority");
  require(scope_.actors.size() == actors_, "GoodnessRecorder: found a mask of another size");
  require(scope_.every > 0, "GoodnessRecorder: found no steps between dates");
  for (std::size_t i = 0; i < actors_; ++i) {
    if (scope_.actors[i] != 0) who_.push_back(static_cast<std::uint32_t>(i));
  }
  require(!who_.empty(), "GoodnessRecorder: found no actor that counts");

  const auto row = [&](std::size_t t) {
    return &path.walked[path.at(scope_.authority, scope_.ladder, t, 0)];
  };
  start_.assign(row(0), row(0) + actors_);
  observed_end_.assign(row(steps_), row(steps_) + actors_);
  for (const auto i : who_) {
    const auto index = model.rung_index(scope_.authority, scope_.ladder, i);
    require(model.initial_rungs[index] == start_[i],
            "GoodnessRecorder: found an actor that starts elsewhere than on record");
    require(start_[i] < rungs_ && observed_end_[i] < rungs_,
            "GoodnessRecorder: found a rung above the ladder");
  }

  if (rungs_ > 1) {
    lay_out_counts(model);
    lay_out_first_movers(model);
    lay_out_regions(model);
  }
  lay_out_moves();
  occupied_.resize(who_.size() * rungs_);
  measure(start_.data(), row(1), observed_);
}

void GoodnessRecorder::lay_out_counts(const Model& model) {
  const auto& rungs = model.ladders[index_of(scope_.ladder)].rungs;
  for (std::size_t t = scope_.every; t < steps_; t += scope_.every) dates_.push_back(t - 1);
  dates_.push_back(steps_ - 1);
  Statistic counts{"counts", {}};
  for (const auto t : dates_) {
    for (std::size_t r = 1; r < rungs_; ++r) {
      counts.components.push_back(rungs[r] + " or higher, " +
                                  model.calendar.label(static_cast<std::uint32_t>(t)));
    }
  }
  statistics_.push_back(std::move(counts));
}

void GoodnessRecorder::lay_out_first_movers(const Model& model) {
  const auto& rungs = model.ladders[index_of(scope_.ladder)].rungs;
  for (const auto place : first_places) {
    if (place <= who_.size()) places_.push_back(place);
  }
  Statistic first_movers{"first_movers", {}};
  for (std::size_t r = 1; r < rungs_; ++r) {
    for (const auto place : places_) {
      first_movers.components.push_back(ordinal(place) + " to " + rungs[r] + " or higher");
    }
  }
  statistics_.push_back(std::move(first_movers));
}

void GoodnessRecorder::lay_out_regions(const Model& model) {
  const auto& rungs = model.ladders[index_of(scope_.ladder)].rungs;
  std::set<std::string> names;
  for (const auto i : who_) names.insert(model.actors[i].region);
  if (names.size() == 1 && names.begin()->empty()) return;
  for (const auto i : who_) {
    const auto place = std::distance(names.begin(), names.find(model.actors[i].region));
    region_of_.push_back(static_cast<std::size_t>(place));
  }
  regions_ = names.size();
  Statistic regions{"regions", {}};
  for (const auto& name : names) {
    for (std::size_t r = 1; r < rungs_; ++r) {
      regions.components.push_back((name.empty() ? "no region" : name) + ": " + rungs[r] +
                                   " or higher");
    }
  }
  statistics_.push_back(std::move(regions));
}

void GoodnessRecorder::lay_out_moves() {
  static_assert(most_moves == 3);
  statistics_.push_back({"moves",
                         {"moves up", "moves down", "actors with no move", "actors with 1 move",
                          "actors with 2 moves", "actors with 3 or more moves"}});
}

void GoodnessRecorder::measure(const Rung* start, const Rung* ends,
                               std::vector<double>& into) const {
  const Moves moves = moves_of(start, ends);
  measure_counts(ends, into);
  for (std::size_t r = 1; r < rungs_; ++r) {
    for (const auto place : places_) {
      const auto& steps = moves.arrivals[r];
      into.push_back(static_cast<double>(place <= steps.size() ? steps[place - 1] : steps_));
    }
  }
  measure_regions(ends, into);
  measure_moves(moves, into);
}

void GoodnessRecorder::measure_counts(const Rung* ends, std::vector<double>& into) const {
  for (const auto t : dates_) {
    for (std::size_t r = 1; r < rungs_; ++r) {
      const auto count = std::count_if(who_.begin(), who_.end(),
                                       [&](std::uint32_t i) { return ends[t * actors_ + i] >= r; });
      into.push_back(static_cast<double>(count));
    }
  }
}

void GoodnessRecorder::measure_regions(const Rung* ends, std::vector<double>& into) const {
  if (region_of_.empty()) return;
  std::vector<std::size_t> counts(regions_ * (rungs_ - 1), 0);
  for (std::size_t x = 0; x < who_.size(); ++x) {
    const Rung end = ends[(steps_ - 1) * actors_ + who_[x]];
    for (std::size_t r = 1; r <= end; ++r) ++counts[region_of_[x] * (rungs_ - 1) + r - 1];
  }
  for (const auto count : counts) into.push_back(static_cast<double>(count));
}

void GoodnessRecorder::measure_moves(const Moves& moves, std::vector<double>& into) const {
  std::array<std::size_t, most_moves + 1> actors{};
  for (const auto count : moves.of_actor) ++actors[std::min(count, most_moves)];
  into.push_back(static_cast<double>(moves.ups));
  into.push_back(static_cast<double>(moves.downs));
  for (const auto count : actors) into.push_back(static_cast<double>(count));
}

GoodnessRecorder::Moves GoodnessRecorder::moves_of(const Rung* start, const Rung* ends) const {
  Moves moves;
  moves.of_actor.resize(who_.size());
  moves.arrivals.resize(rungs_);
  std::vector<Rung> highest(who_.size());
  for (std::size_t x = 0; x < who_.size(); ++x) highest[x] = start[who_[x]];
  const Rung* before = start;
  for (std::size_t t = 0; t < steps_; ++t) {
    const Rung* after = ends + t * actors_;
    for (std::size_t x = 0; x < who_.size(); ++x) {
      const Rung from = before[who_[x]];
      const Rung to = after[who_[x]];
      if (from == to) continue;
      ++(to > from ? moves.ups : moves.downs);
      ++moves.of_actor[x];
      while (highest[x] < to) moves.arrivals[++highest[x]].push_back(t);
    }
    before = after;
  }
  return moves;
}

void GoodnessRecorder::record(const TileResult& tile) {
  const std::size_t block = steps_ * actors_;
  require(!tile.rungs.empty(),
          "GoodnessRecorder: found a tile without rungs; allowed: level rungs or full");
  require(tile.rungs.size() == authorities_ * ladder_count * tile.replicates * block,
          "GoodnessRecorder: found a tile of another model");
  const std::size_t row = scope_.authority * ladder_count + index_of(scope_.ladder);
  for (std::size_t r = 0; r < tile.replicates; ++r) {
    const Rung* ends = &tile.rungs[(row * tile.replicates + r) * block];
    measure(start_.data(), ends, simulated_);
    const Rung* last = ends + (steps_ - 1) * actors_;
    for (std::size_t x = 0; x < who_.size(); ++x) ++occupied_[x * rungs_ + last[who_[x]]];
  }
  replicates_ += tile.replicates;
}

std::vector<GoodnessOfFit> GoodnessRecorder::fits() const {
  require(replicates_ >= 2, "GoodnessRecorder: found fewer than two replicates");
  std::vector<GoodnessOfFit> fits;
  std::size_t first = 0;
  for (const auto& statistic : statistics_) {
    const std::size_t n = statistic.components.size();
    std::vector<double> simulated(replicates_ * n);
    for (std::size_t x = 0; x < simulated.size(); ++x) {
      simulated[x] = simulated_[x / n * observed_.size() + first + x % n];
    }
    const auto from = observed_.begin() + static_cast<std::ptrdiff_t>(first);
    const std::vector<double> observed(from, from + static_cast<std::ptrdiff_t>(n));
    fits.push_back(goodness_of_fit(statistic.name, statistic.components, simulated, observed));
    first += n;
  }
  return fits;
}

std::vector<Placement> GoodnessRecorder::placements() const {
  require(replicates_ > 0, "GoodnessRecorder: found no replicates");
  std::vector<Placement> placements(who_.size());
  for (std::size_t x = 0; x < who_.size(); ++x) {
    auto& own = placements[x];
    own.actor = who_[x];
    own.observed = observed_end_[who_[x]];
    for (std::size_t r = 0; r < rungs_; ++r) {
      own.probability.push_back(static_cast<double>(occupied_[x * rungs_ + r]) /
                                static_cast<double>(replicates_));
    }
    const double p = own.probability[own.observed];
    own.log_probability = p > 0.0 ? math::log(p) : -std::numeric_limits<double>::infinity();
  }
  std::stable_sort(
      placements.begin(), placements.end(),
      [](const Placement& a, const Placement& b) { return a.log_probability < b.log_probability; });
  return placements;
}

}  // namespace entente
