#include "io/result/whatif_estimates.hpp"

#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/result/inputs.hpp"
#include "io/result/summaries.hpp"

namespace entente::detail {
namespace {

/// Actors that are counted together.
struct Family {
  std::string_view name;
  PairedEstimate (Comparison::*estimate)(std::size_t, LadderRole, std::size_t, Rung) const;
  std::string_view who;
  bool whole;  ///< all quantities are written, not the first few
};
constexpr std::array families{
    Family{"count", &Comparison::count, "actors", true},
    Family{"forced", &Comparison::forced, "actors whose rung the variant itself acts on", false},
    Family{"followers", &Comparison::followers, "actors whose rung the variant leaves alone",
           false}};

/// A number of a paired estimate; the meaning is completed by who is counted.
struct Quantity {
  std::string_view name;
  double PairedEstimate::*member;
  std::string_view meaning;
  bool share;  ///< of pairs, else in numbers of actors
};
constexpr std::array quantities{
    Quantity{"difference", &PairedEstimate::difference,
             "mean over replicates of variant less baseline", false},
    Quantity{"error", &PairedEstimate::error, "standard error of variant less baseline, paired",
             false},
    Quantity{"low", &PairedEstimate::low,
             "lower end of the 95 % interval of variant less baseline, paired", false},
    Quantity{"high", &PairedEstimate::high,
             "upper end of the 95 % interval of variant less baseline, paired", false},
    Quantity{"unpaired_error", &PairedEstimate::unpaired_error,
             "standard error of variant less baseline, had their luck been independent", false},
    Quantity{"more", &PairedEstimate::more, "share of replicates in which the variant has more",
             true},
    Quantity{"fewer", &PairedEstimate::fewer, "share of replicates in which the variant has fewer",
             true}};
constexpr std::size_t first_few = 4;

class ComparisonTables {
 public:
  ComparisonTables(netcdf::Writer& file, const Model& model,
                   std::span<const Comparison> comparisons)
      : file_(file), model_(model), comparisons_(comparisons) {}

  void write() {
    write_first_difference();
    for (const auto d : all_ladders) {
      for (const auto& family : families) write_family(d, family);
      write_actors(d);
      write_joint(d);
    }
  }

 private:
  [[nodiscard]] const Ladder& ladder(LadderRole d) const { return model_.ladders[index_of(d)]; }
  [[nodiscard]] std::size_t authorities() const { return model_.authorities.size(); }
  [[nodiscard]] std::size_t actors() const { return model_.actors.size(); }

  /// Writes a variable over variant, authority and `dimensions`.
  template <class T>
  hdf5::Handle write(const std::string& path, std::vector<std::string> dimensions,
                     const std::vector<T>& values, const netcdf::Meta& meta,
                     const char* coordinates) {
    dimensions = per_authority(model_, std::move(dimensions));
    dimensions.insert(dimensions.begin(), "variant");
    auto dataset = file_.write(path, dimensions, values, meta);
    hdf5::write_attribute(dataset.get(), "coordinates", coordinates);
    return dataset;
  }

  void write_first_difference() {
    std::vector<std::int32_t> steps;
    for (const auto& comparison : comparisons_) {
      const auto first = comparison.first_difference();
      steps.push_back(first ? static_cast<std::int32_t>(*first) : -1);
    }
    file_.write("/variant_first_difference", {"variant"}, steps,
                {"number of the first step at whose end anything differs from the baseline in any "
                 "replicate; -1 = none",
                 "1"});
  }

  void write_family(LadderRole d, const Family& family) {
    std::vector<PairedEstimate> estimates;
    for (const auto& comparison : comparisons_) {
      for (std::size_t k = 0; k < authorities(); ++k) {
        for (std::size_t t = 0; t < model_.calendar.steps(); ++t) {
          for (std::size_t r = 0; r < ladder(d).size(); ++r) {
            estimates.push_back((comparison.*family.estimate)(k, d, t, static_cast<Rung>(r)));
          }
        }
      }
    }
    const std::size_t count = family.whole ? quantities.size() : first_few;
    for (const auto& quantity : std::span(quantities).first(count)) {
      std::vector<double> values;
      values.reserve(estimates.size());
      for (const auto& estimate : estimates) values.push_back(estimate.*quantity.member);
      netcdf::Meta meta;
      const auto meaning =
          fmt::format("{}: number of {} at or above the rung at the end of the step",
                      quantity.meaning, family.who);
      meta.long_name = meaning;
      meta.units = "1";
      if (quantity.share) meta.range = {0.0F, 1.0F};
      write(fmt::format("/{}_{}_{}", ladder(d).key, family.name, quantity.name),
            {"time", ladder(d).key + "_rung"}, values, meta, "time_label variant_title");
    }
  }

  void write_actors(LadderRole d) {
    std::vector<std::uint8_t> forced;
    std::vector<double> changed;
    for (const auto& comparison : comparisons_) {
      for (std::size_t k = 0; k < authorities(); ++k) {
        for (std::size_t i = 0; i < actors(); ++i) {
          forced.push_back(comparison.is_forced(k, d, i) ? 1 : 0);
          changed.push_back(comparison.changed(k, d, i));
        }
      }
    }
    constexpr const char* coordinates = "actor_name variant_title";
    const auto flags = write(fmt::format("/{}_forced", ladder(d).key), {"actor"}, forced,
                             {"whether the variant itself acts on the actor's rung"}, coordinates);
    write_flags(flags.get(), {"no", "yes"});
    write(fmt::format("/{}_changed", ladder(d).key), {"actor"}, changed,
          {"share of replicates in which the actor's rung differs from the baseline at any step",
           "1", std::pair(0.0F, 1.0F)},
          coordinates);
  }

  /// Writes joint(variant, authority, actor, rung, rung) variant by variant: it is large.
  void write_joint(LadderRole d) {
    const std::string& key = ladder(d).key;
    const std::size_t rungs = ladder(d).size();
    file_.write_coordinate(fmt::format("/{}_variant_rung", key), ladder(d).rungs,
                           {"rung in the variant, lowest first"});
    auto dimensions = per_authority(model_, {"actor", key + "_rung", key + "_variant_rung"});
    dimensions.insert(dimensions.begin(), "variant");
    const std::string path = fmt::format("/{}_joint", key);
    const auto dataset =
        file_.variable(path, hdf5::file_type<double>(), dimensions,
                       {"share of replicates in which the actor ends on one rung in the baseline "
                        "and on the other in the variant",
                        "1", std::pair(0.0F, 1.0F)});
    hdf5::write_attribute(dataset.get(), "coordinates", "actor_name variant_title");
    for (std::size_t v = 0; v < comparisons_.size(); ++v) {
      std::vector<double> values;
      for (std::size_t k = 0; k < authorities(); ++k) {
        for (std::size_t i = 0; i < actors(); ++i) {
          for (std::size_t r = 0; r < rungs * rungs; ++r) {
            values.push_back(comparisons_[v].joint(k, d, i, static_cast<Rung>(r / rungs),
                                                   static_cast<Rung>(r % rungs)));
          }
        }
      }
      hdf5::Extents count = hdf5::extents(dataset.get(), path);
      hdf5::Extents start(count.size(), 0);
      start.front() = v;
      count.front() = 1;
      hdf5::write_block(dataset.get(), hdf5::memory_type<double>(), start, count, values.data(),
                        path);
    }
  }

  netcdf::Writer& file_;
  const Model& model_;
  std::span<const Comparison> comparisons_;
};

}  // namespace

void write_comparisons(netcdf::Writer& file, const Model& model,
                       std::span<const Comparison> comparisons) {
  ComparisonTables(file, model, comparisons).write();
}

}  // namespace entente::detail
