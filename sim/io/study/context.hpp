#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entente/ensemble/design.hpp"
#include "entente/ensemble/factor.hpp"
#include "entente/ensemble/measures.hpp"
#include "entente/io/study.hpp"
#include "io/scenario/node.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

/// A study while it is read. As with scenarios, what is wrong is reported and left out, and nothing
/// that follows from a problem is reported again.
struct StudyContext {
  StudyContext(const YamlNode& study, const YamlNode& scenario, World& known, bool fine)
      : root{&study, "", {}}, tree(scenario), world(known), base_is_fine(fine) {}

  Place root;            ///< of the study's file, of the right form
  const YamlNode& tree;  ///< the scenario, with the settings
  World& world;          ///< of that tree
  bool base_is_fine;     ///< nothing is wrong with the scenario

  std::vector<VariantSource> variants{VariantSource{}};
  std::vector<std::string> variant_names{};
  std::vector<StudyParameter> parameters{};
  std::vector<Mark> marks{};  ///< of the parameters
  std::vector<Factor> factors{};
  std::vector<JointNormal> blocks{};
  bool complete = true;  ///< false: parameters are missing for no fault of what names them

  std::optional<FactorSpace> space{};
  std::optional<StudyDesign> design{};
  std::vector<Measure> measures{};

  [[nodiscard]] Problems& problems() const { return world.problems; }
  [[nodiscard]] Sources& sources() const { return world.sources; }
  /// A path of the study, relative to its file.
  [[nodiscard]] std::filesystem::path beside(const Place& name) const {
    return (sources()[name->mark.file].folder / name.text()).lexically_normal();
  }
};

// The parts of a study, in the order in which they are read.
void read_study_variants(StudyContext& study, const std::filesystem::path& scenario);
void read_study_parameters(StudyContext& study);
void read_study_design(StudyContext& study);
void read_study_measures(StudyContext& study);
[[nodiscard]] StudyAnalysis read_study_analysis(const StudyContext& study);
/// Reads the scenario with all parameters at their probes, so that paths that there are not and
/// values that are not allowed are known before the first point, with their place. What only
/// several values together are to blame for is a matter of single points.
void try_values(const StudyContext& study);

/// Reads `fitted` of a parameter's entry and appends its parameters.
void read_fitted(StudyContext& study, const Place& entry);
/// Reads the distribution of a parameter's entry; a choice's values go to `choices`.
[[nodiscard]] std::optional<Distribution> read_distribution(const Place& value,
                                                            std::vector<KnobValue>& choices,
                                                            Problems& problems);
/// Reads the points of a list, shape (rows, factors).
[[nodiscard]] std::optional<ListDesign> read_list_design(const StudyContext& study,
                                                         const Place& place);
/// Position of the parameter of a name; reports an unknown one.
[[nodiscard]] std::optional<std::size_t> find_parameter(const StudyContext& study,
                                                        const std::string& name, Mark mark,
                                                        const std::string& path);
/// Value of a parameter: a number, or the index of a choice by its text; reports what is neither.
[[nodiscard]] std::optional<double> value_of_parameter(const StudyParameter& parameter,
                                                       const std::string& text, Mark mark,
                                                       const std::string& path, Problems& problems);

/// The one entry of a mapping that is one of `kinds`; reports where there is not exactly one.
[[nodiscard]] Place only_kind(const Place& place, std::span<const std::string> kinds,
                              std::string_view what, Problems& problems);

/// Reports what a library found wrong, as `field[2]: found X; allowed: Y`, where that field stands.
void report_findings(const std::vector<std::string>& findings, const Place& place,
                     Problems& problems);

}  // namespace entente::detail
