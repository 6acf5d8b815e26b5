#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/model/event.hpp"
#include "entente/model/model.hpp"

namespace entente {

/// Mean and standard deviation over replicates (divisor: replicates).
struct Spread {
  double mean = 0.0;
  double deviation = 0.0;
};

/// Sums over replicates of what surrounds the actors: authorities, groups, bodies. Replicates are
/// added one by one in their order, so the sums do not depend on how the run was cut into tiles.
/// Shares and spreads are not numbers where nothing was recorded.
class StateSummary final : public Recorder {
 public:
  explicit StateSummary(const Model& model);

  void record(const TileResult& tile) override;

  [[nodiscard]] std::size_t replicates() const noexcept { return replicates_; }

  /// Number of replicates with the authority on a rung at the end of step t.
  ///
  /// @param ladder  0 rights, 1 + g posture towards group g
  [[nodiscard]] std::uint64_t rung_count(std::size_t authority, std::size_t ladder, std::size_t t,
                                         Rung r) const;
  /// Number of replicates with the body saying yes at the end of step t.
  [[nodiscard]] std::uint64_t yes_count(std::size_t body, std::size_t t) const;
  [[nodiscard]] Spread state(std::size_t authority, AuthorityState state, std::size_t t) const;
  [[nodiscard]] Spread activity(std::size_t group, std::size_t t) const;

  /// A number of replicates as their share [1].
  [[nodiscard]] double share(std::uint64_t count) const;

 private:
  /// First and second moments of rows of floats, shape (rows, steps).
  struct Moments {
    std::vector<double> sum;
    std::vector<double> square;

    void resize(std::size_t size);
    void add(const std::vector<float>& values, std::size_t replicates, std::size_t steps);
    [[nodiscard]] Spread spread(std::size_t x, std::size_t replicates) const;
  };

  std::size_t authorities_, groups_, bodies_, steps_, rungs_;
  std::size_t replicates_ = 0;
  std::vector<std::uint64_t> rung_counts_;  ///< (K, 1 + G, T, rungs)
  std::vector<std::uint64_t> yes_;          ///< (B, T)
  Moments states_;                          ///< (K, 4, T)
  Moments activity_;                        ///< (G, T)
};

}  // namespace entente
