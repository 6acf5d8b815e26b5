#include "entente/io/whatif_file.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "io/result/event_text.hpp"
#include "io/result/inputs.hpp"
#include "io/result/netcdf.hpp"
#include "io/result/part_file.hpp"
#include "io/result/preamble.hpp"
#include "io/result/summaries.hpp"
#include "io/result/whatif_counts.hpp"
#include "io/result/whatif_estimates.hpp"

namespace entente {
namespace {

using Variants = std::span<const VariedScenario>;

/// Writes what variants say of themselves, one text for each.
void write_descriptions(netcdf::Writer& file, Variants variants) {
  const auto write = [&](std::string_view name, const auto& text_of, std::string_view meaning) {
    std::vector<std::string> texts;
    for (const auto& varied : variants) texts.push_back(text_of(varied.variant));
    file.write(fmt::format("/variant_{}", name), {"variant"}, texts, {meaning});
  };
  std::vector<std::string> names;
  for (const auto& varied : variants) names.push_back(varied.variant.name);
  file.write_coordinate("/variant", names, {"name of the variant"});
  const auto member = [](std::string Variant::*text) {
    return [=](const Variant& variant) { return variant.*text; };
  };
  write("title", member(&Variant::title), "title of the variant");
  write("question", member(&Variant::question), "question that the variant asks");
  write("reasoning", member(&Variant::reasoning), "why the variant is worth asking about");
  write("look_at", member(&Variant::look_at), "what to look at in the answer");
  write(
      "sources",
      [](const Variant& variant) { return fmt::format("{}", fmt::join(variant.sources, "\n")); },
      "sources of the variant, one a line");
  write("text", member(&Variant::text), "the variant's YAML, or its inline events and settings");
}

/// Writes the files that took part in a variant and not in the baseline.
void write_files(netcdf::Writer& file, const Scenario& baseline, Variants variants) {
  const auto known = [&](const SourceFile& source) {
    return std::any_of(baseline.files.begin(), baseline.files.end(), [&](const SourceFile& x) {
      return x.name == source.name && x.text == source.text;
    });
  };
  std::vector<std::uint32_t> numbers;
  std::vector<std::string> names;
  std::vector<std::string> texts;
  for (std::uint32_t v = 0; v < variants.size(); ++v) {
    for (const auto& source : variants[v].scenario.files) {
      if (known(source)) continue;
      numbers.push_back(v);
      names.push_back(source.name);
      texts.push_back(source.text);
    }
  }
  if (names.empty()) return;
  const std::string folder = "/inputs/variants/";
  file.dimension(folder + "file", names.size());
  file.write(folder + "file_variant", {"file"}, numbers, {"number of the variant"});
  file.write(folder + "file_name", {"file"}, names, {"file that took part in the variant alone"});
  file.write(folder + "file_text", {"file"}, texts, {"text of the file"});
}

/// Writes all events of each variant's world.
void write_events(netcdf::Writer& file, Variants variants) {
  std::vector<std::uint32_t> numbers;
  std::vector<std::string> texts;
  for (std::uint32_t v = 0; v < variants.size(); ++v) {
    const Model& model = variants[v].scenario.model;
    for (const auto& event : model.events) {
      numbers.push_back(v);
      texts.push_back(detail::to_text(event, model.parameters));
    }
  }
  if (texts.empty()) return;
  const std::string folder = "/inputs/variants/";
  file.dimension(folder + "event", texts.size());
  file.write(folder + "event_variant", {"event"}, numbers, {"number of the variant"});
  file.write(folder + "event_definition", {"event"}, texts, {"the event in JSON"});
}

}  // namespace

struct WhatIfWriter::Impl {
  Impl(const std::filesystem::path& path, const Scenario& baseline, const Simulation& simulation,
       Variants variants, bool force)
      : model(simulation.model()), target(path, force), file(target.part()) {
    detail::write_provenance(file, simulation, detail::FileKind::whatif, RecordLevel::summary);
    detail::write_time(file, model.calendar);
    // The scenario may have been altered on its way; the numbers that count are the simulation's.
    Scenario inputs = baseline;
    inputs.model = model;
    detail::write_inputs(file, inputs);
    write_descriptions(file, variants);
    write_files(file, baseline, variants);
    write_events(file, variants);
    counts.emplace(file, model, variants.size());
    file.require_written();
  }

  const Model& model;
  detail::PartFile target;
  netcdf::Writer file;
  std::optional<detail::WhatIfCounts> counts;
};

WhatIfWriter::WhatIfWriter(const std::filesystem::path& path, const Scenario& baseline,
                           const Simulation& simulation, Variants variants, bool force) {
  if (variants.empty()) throw std::invalid_argument("WhatIfWriter: no variant");
  detail::writing(
      path, [&] { impl_ = std::make_unique<Impl>(path, baseline, simulation, variants, force); });
}

WhatIfWriter::~WhatIfWriter() {
  const hdf5::Quiet quiet;
  impl_.reset();
}

PairObserver WhatIfWriter::observer() {
  return [this](std::size_t variant, const TileResult& baseline, const TileResult& tile) {
    detail::writing(impl_->target.target(), [&] {
      impl_->counts->record(variant, baseline, tile);
      impl_->file.require_written();
    });
  };
}

void WhatIfWriter::finish(const Summary& baseline, std::span<const Comparison> comparisons) {
  std::vector<const Summary*> summaries;
  for (const auto& comparison : comparisons) {
    summaries.push_back(&comparison.variant());
    if (comparison.pairs() != baseline.replicates()) {
      throw std::invalid_argument("WhatIfWriter: a comparison of other replicates");
    }
  }
  if (summaries.size() != impl_->counts->variants()) {
    throw std::invalid_argument("WhatIfWriter: not one comparison for each variant");
  }
  detail::writing(impl_->target.target(), [&] {
    auto& [model, target, file, counts] = *impl_;
    counts->finish(baseline.replicates());
    detail::write_summary(file, model, baseline);
    detail::write_variant_summaries(file, model, summaries);
    detail::write_comparisons(file, model, comparisons);
    detail::write_extent(file, counts->first_replicate(), baseline.replicates());
    counts.reset();
    file.close();
    target.commit();
  });
}

}  // namespace entente
