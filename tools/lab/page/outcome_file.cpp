// Outcomes as they stand in a result file.

#include <fmt/format.h>

#include <cmath>
#include <limits>

#include "entente/core/error.hpp"
#include "io/fields.hpp"
#include "lab/page/outcome_tables.hpp"

namespace entente::lab {
namespace {

constexpr std::size_t quantiles = 5;  // 0.05, 0.25, 0.5, 0.75, 0.95

class FileTables {
 public:
  FileTables(const Model& model, const ResultTables& file, std::size_t replicates)
      : model_(model), file_(file), replicates_(replicates) {}

  /// @param word  `variant_` for tables of variants
  std::vector<OutcomeTable> ladders(std::size_t outcomes, std::string_view word) const {
    std::vector<OutcomeTable> out(outcomes);
    for (auto& table : out) {
      table.replicates = replicates_;
      table.authorities.resize(authorities());
    }
    for (const auto role : all_ladders) {
      const std::size_t rungs = model_.ladders[index_of(role)].size();
      const std::string name = model_.ladders[index_of(role)].key + "_" + std::string(word);
      const std::size_t rows = outcomes * authorities();
      const std::size_t standing = steps() * model_.actors.size() * rungs;
      const auto share = file_.numbers(name + "probability", rows * standing);
      const auto mean = file_.numbers(name + "count_mean", rows * steps() * rungs);
      const auto quantile =
          file_.numbers(name + "count_quantile", rows * steps() * rungs * quantiles);
      for (std::size_t row = 0; row < rows; ++row) {
        auto& own = out[row / authorities()].authorities[row % authorities()];
        LadderTable& table = own.ladders[index_of(role)];
        table.standing = counts(share, row * standing, standing, 1);
        for (std::size_t r = 1; r < rungs; ++r) {
          table.counts.push_back(band(mean, quantile, row * steps() * rungs + r, rungs));
        }
      }
    }
    return out;
  }

  void add_surroundings(OutcomeTable& out) const {
    out.surroundings = true;
    rights(out);
    if (!model_.groups.empty()) groups(out);
    if (!model_.bodies.empty()) bodies(out);
    for (const auto& field : state_fields()) {
      const auto rows = spreads(std::string(field.name), authorities() * steps());
      for (std::size_t k = 0; k < authorities(); ++k) {
        Band& band = out.authorities[k].states.emplace_back();
        for (std::size_t t = 0; t < steps(); ++t) {
          add_step(band, rows[k * steps() + t], static_cast<double>(field.min),
                   static_cast<double>(field.max));
        }
      }
    }
  }

 private:
  std::size_t steps() const { return model_.calendar.steps(); }
  std::size_t authorities() const { return model_.authorities.size(); }

  /// Shares of replicates as their numbers: `size` values from `first` on, `stride` apart.
  std::vector<std::uint64_t> counts(const std::vector<double>& shares, std::size_t first,
                                    std::size_t size, std::size_t stride) const {
    const auto n = static_cast<double>(replicates_);
    std::vector<std::uint64_t> out;
    out.reserve(size);
    for (std::size_t x = 0; x < size; ++x) {
      const double share = shares[first + x * stride];
      if (!(share >= 0.0 && share <= 1.0)) throw_bad_share(share);
      out.push_back(static_cast<std::uint64_t>(std::llround(share * n)));
    }
    return out;
  }
  [[noreturn]] void throw_bad_share(double share) const {
    throw FileError(fmt::format("{}: the results are damaged: found share {}; allowed: 0 to 1",
                                file_.path().string(), share));
  }

  Band band(const std::vector<double>& mean, const std::vector<double>& quantile, std::size_t first,
            std::size_t stride) const {
    Band out;
    for (std::size_t t = 0; t < steps(); ++t) {
      const std::size_t x = first + t * stride;
      out.mean.push_back(mean[x]);
      const double* q = &quantile[x * quantiles];
      out.low.push_back(q[0]);
      out.inner_low.push_back(q[1]);
      out.inner_high.push_back(q[3]);
      out.high.push_back(q[4]);
    }
    return out;
  }

  std::vector<Spread> spreads(const std::string& name, std::size_t size) const {
    const auto mean = file_.numbers(name + "_mean", size);
    const auto deviation = file_.numbers(name + "_deviation", size);
    std::vector<Spread> out;
    for (std::size_t x = 0; x < size; ++x) out.push_back({mean[x], deviation[x]});
    return out;
  }

  void rights(OutcomeTable& out) const {
    const std::size_t rungs = model_.rights.size();
    const std::size_t size = steps() * rungs;
    const auto share = file_.numbers(model_.rights.key + "_probability", authorities() * size);
    for (std::size_t k = 0; k < authorities(); ++k) {
      out.authorities[k].rights = counts(share, k * size, size, 1);
    }
  }

  void groups(OutcomeTable& out) const {
    const std::size_t groups = model_.groups.size();
    const std::size_t rungs = model_.posture.size();
    const auto share = file_.numbers(model_.posture.key + "_probability",
                                     authorities() * steps() * groups * rungs);
    const auto activity = spreads("activity", steps() * groups);
    for (std::size_t g = 0; g < groups; ++g) {
      for (std::size_t k = 0; k < authorities(); ++k) {
        auto& posture = out.authorities[k].postures.emplace_back();
        for (std::size_t t = 0; t < steps(); ++t) {
          const auto row = counts(share, ((k * steps() + t) * groups + g) * rungs, rungs, 1);
          posture.insert(posture.end(), row.begin(), row.end());
        }
      }
      Band& band = out.activity.emplace_back();
      for (std::size_t t = 0; t < steps(); ++t) {
        add_step(band, activity[t * groups + g], 0.0, std::numeric_limits<double>::infinity());
      }
    }
  }

  void bodies(OutcomeTable& out) const {
    const std::size_t bodies = model_.bodies.size();
    const auto share = file_.numbers("body_decision_probability", steps() * bodies);
    for (std::size_t b = 0; b < bodies; ++b) {
      out.bodies.push_back(counts(share, b, steps(), bodies));
    }
  }

  const Model& model_;
  const ResultTables& file_;
  std::size_t replicates_;
};

}  // namespace

OutcomeTable table_of(const Model& model, const ResultTables& file, std::size_t replicates) {
  const FileTables tables(model, file, replicates);
  OutcomeTable out = std::move(tables.ladders(1, "").front());
  // The file of a what-if says nothing of them.
  if (!file.contains("variant")) tables.add_surroundings(out);
  return out;
}

std::vector<OutcomeTable> variant_tables(const Model& model, const ResultTables& file,
                                         std::size_t replicates, std::size_t variants) {
  return FileTables(model, file, replicates).ladders(variants, "variant_");
}

}  // namespace entente::lab
