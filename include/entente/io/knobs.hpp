#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "entente/io/variant.hpp"
#include "entente/model/model.hpp"

namespace entente {

namespace detail {
struct Spec;
}

/// Value of a parameter: a number, or text that a scenario has in its place (a date, a rung).
using KnobValue = std::variant<double, std::string>;
/// As `--set` takes it.
[[nodiscard]] std::string text_of(const KnobValue& value);

/// One number of a scenario that varies: a path of `--set`, and values that it is tried at.
struct Knob {
  std::string path;
  std::vector<KnobValue> probes;  ///< at least one; numbers: the ends and the middle of a range
  bool listed = false;            ///< the probes are all the values that it ever takes
};

/// Turns knobs of a scenario without reading it anew.
///
/// Where a number reaches the model just as it is (a coefficient, a rate, the size or probability
/// of an event) it is written there directly, some hundred times faster than reading the scenario
/// and with the same bits. Which these are is found by trying; paths whose values take another way
/// (rules, dates, names) are read anew: once for each combination of listed values, where they take
/// no others, else for each model.
class Knobs {
 public:
  /// @param scenario   folder or file
  /// @param variant    laid over the scenario after the knobs; empty: none
  /// @param overrides  `path=value`, before the knobs
  /// @param kept       files are taken from there; none: each is read from the disk once, so that
  ///                   all models are of the same texts
  /// @throws InputError  the scenario, or a knob at one of its probes, is wrong
  Knobs(std::filesystem::path scenario, VariantSource variant, std::vector<std::string> overrides,
        std::vector<Knob> knobs, KeptFiles kept = nullptr);
  Knobs(Knobs&&) noexcept;
  Knobs& operator=(Knobs&&) noexcept;
  ~Knobs();

  [[nodiscard]] std::size_t size() const noexcept { return knobs_.size(); }
  /// Whether the knob writes to the model directly.
  [[nodiscard]] bool is_direct(std::size_t knob) const { return direct_[knob]; }
  /// Number of places of the model that a direct knob writes to; 0: it has no effect.
  [[nodiscard]] std::size_t places(std::size_t knob) const { return places_[knob].size(); }

  /// The model with all knobs at these values. Safe from several threads.
  ///
  /// @throws InputError             a value is not allowed
  /// @throws std::invalid_argument  not one value per knob
  [[nodiscard]] Model at(std::span<const KnobValue> values) const;

  /// The scenario with all knobs at these values, read anew. What `at` gives is its model.
  [[nodiscard]] Scenario read(std::span<const KnobValue> values) const;

 private:
  class Frames;

  [[nodiscard]] std::vector<KnobValue> middle() const;
  [[nodiscard]] bool is_allowed(std::size_t knob, const KnobValue& value) const;
  void turn(Model& model, std::span<const KnobValue> values) const;
  [[nodiscard]] bool agrees(const Model& frame, std::vector<KnobValue> values) const;
  void find_direct();
  [[nodiscard]] bool find_places(std::size_t knob, const Model& middle_model,
                                 std::span<const KnobValue> middle_values,
                                 std::vector<std::size_t>& places) const;

  std::filesystem::path scenario_;
  VariantSource variant_;
  std::vector<std::string> overrides_;
  KeptFiles kept_;
  std::vector<Knob> knobs_;
  std::vector<const detail::Spec*> forms_;  ///< by knob: what a scenario allows; null: not known
  std::vector<bool> direct_;
  std::vector<std::vector<std::size_t>> places_;  ///< by knob: into the numbers of the model
  std::size_t numbers_ = 0;                       ///< of the model
  std::unique_ptr<Frames> frames_;
};

/// Every number of a model that is no count, in a fixed order: what a scenario sets, in place.
[[nodiscard]] std::vector<float*> numbers_of(Model& model);

}  // namespace entente
