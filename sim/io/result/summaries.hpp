#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "entente/engine/recorder.hpp"
#include "entente/ensemble/summary.hpp"
#include "entente/model/model.hpp"
#include "io/result/netcdf.hpp"

namespace entente::detail {

/// Sums over replicates of what surrounds the actors: authorities, groups, bodies. Replicates are
/// added one by one in their order, so the sums do not depend on how the run was cut into tiles.
class Surroundings final : public Recorder {
 public:
  explicit Surroundings(const Model& model);

  void record(const TileResult& tile) override;

  /// Writes `rights_probability`, `hardliner_mean`, ... over `replicates` replicates.
  void write(netcdf::Writer& file, const Model& model, std::size_t replicates) const;

 private:
  /// First and second moments of rows of floats, shape (rows, steps).
  struct Moments {
    std::vector<double> sum;
    std::vector<double> square;

    void resize(std::size_t size);
    void add(const std::vector<float>& values, std::size_t replicates, std::size_t steps);
  };
  void write_rungs(netcdf::Writer& file, const Model& model, std::size_t replicates) const;
  void write_moments(netcdf::Writer& file, const Model& model, std::size_t replicates) const;

  std::size_t authorities_, groups_, bodies_, steps_, rungs_;
  std::vector<std::uint64_t> rung_counts_;  ///< (K, 1 + G, T, rungs)
  std::vector<std::uint64_t> yes_;          ///< (B, T)
  Moments states_;                          ///< (K, 4, T)
  Moments activity_;                        ///< (G, T)
};

/// Dimensions of a variable with the authority in front where there are several.
[[nodiscard]] std::vector<std::string> per_authority(const Model& model,
                                                     std::vector<std::string> dimensions);

/// Writes `quantile` and `<ladder>_probability`, `<ladder>_count_mean`, `<ladder>_count_quantile`.
void write_summary(netcdf::Writer& file, const Model& model, const Summary& summary);

/// Writes the same of variants, `<ladder>_variant_probability` and so on, with the dimension
/// `variant` in front; after `write_summary`.
void write_variant_summaries(netcdf::Writer& file, const Model& model,
                             std::span<const Summary* const> summaries);

}  // namespace entente::detail
