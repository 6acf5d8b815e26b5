#include "entente/io/knobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

namespace entente {
namespace {

std::string text_of(const KnobValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  return std::get<std::string>(value);
}

std::vector<float> values_of(Model& model) {
  std::vector<float> values;
  for (const float* number : numbers_of(model)) values.push_back(*number);
  return values;
}

/// Whether two models are the same but for their numbers.
bool same_frame(Model a, Model b) {
  for (auto* model : {&a, &b}) {
    for (float* number : numbers_of(*model)) *number = 0.0F;
  }
  return a == b;
}

}  // namespace

Knobs::Knobs(std::filesystem::path scenario, VariantSource variant,
             std::vector<std::string> overrides, std::vector<Knob> knobs)
    : scenario_(std::move(scenario)),
      variant_(std::move(variant)),
      overrides_(std::move(overrides)),
      knobs_(std::move(knobs)) {
  for (const auto& knob : knobs_) {
    if (knob.probes.empty()) throw std::invalid_argument("knob " + knob.path + ": no probes");
  }
  find_direct();
}

Scenario Knobs::read(std::span<const KnobValue> values) const {
  if (values.size() != knobs_.size()) {
    throw std::invalid_argument("knobs: found " + std::to_string(values.size()) +
                                " values; allowed: " + std::to_string(knobs_.size()));
  }
  auto overrides = overrides_;
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    overrides.push_back(knobs_[k].path + '=' + text_of(values[k]));
  }
  const bool varied =
      !variant_.file.empty() || !variant_.events.empty() || !variant_.settings.empty();
  if (varied) return load_variant(scenario_, variant_, overrides).scenario;
  return load_scenario(scenario_, overrides);
}

Model Knobs::at(std::span<const KnobValue> values) const {
  const bool all_direct = std::all_of(direct_.begin(), direct_.end(), [](bool d) { return d; });
  if (!all_direct || values.size() != knobs_.size()) return read(values).model;
  Model model = base_;
  const auto numbers = numbers_of(model);
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    const auto* number = std::get_if<double>(&values[k]);
    if (number == nullptr) return read(values).model;
    for (const auto place : places_[k]) *numbers[place] = static_cast<float>(*number);
  }
  return model;
}

std::vector<KnobValue> Knobs::middle() const {
  std::vector<KnobValue> values;
  for (const auto& knob : knobs_) values.push_back(knob.probes[knob.probes.size() / 2]);
  return values;
}

bool Knobs::find_places(std::size_t knob, const Model& middle_model,
                        std::span<const KnobValue> middle_values,
                        std::vector<std::size_t>& places) const {
  Model copy = middle_model;
  const auto before = values_of(copy);
  std::vector<char> moved(before.size(), 0);
  std::vector<std::pair<float, std::vector<float>>> tried;
  const auto keep = [&](const KnobValue& value, const std::vector<float>& numbers) {
    const auto* number = std::get_if<double>(&value);
    if (number == nullptr || numbers.size() != before.size()) return false;
    for (std::size_t x = 0; x < numbers.size(); ++x) {
      if (numbers[x] != before[x]) moved[x] = 1;
    }
    tried.emplace_back(static_cast<float>(*number), numbers);
    return true;
  };
  if (!keep(middle_values[knob], before)) return false;
  std::vector<KnobValue> values(middle_values.begin(), middle_values.end());
  for (const auto& probe : knobs_[knob].probes) {
    values[knob] = probe;
    Model model = read(values).model;
    if (!same_frame(model, middle_model) || !keep(probe, values_of(model))) return false;
  }
  for (std::size_t x = 0; x < moved.size(); ++x) {
    if (moved[x] == 0) continue;
    const bool as_is = std::all_of(tried.begin(), tried.end(),
                                   [&](const auto& one) { return one.second[x] == one.first; });
    if (!as_is) return false;
    places.push_back(x);
  }
  return true;
}

void Knobs::find_direct() {
  const auto values = middle();
  base_ = read(values).model;
  direct_.assign(knobs_.size(), false);
  places_.assign(knobs_.size(), {});
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    direct_[k] = find_places(k, base_, values, places_[k]);
    if (!direct_[k]) places_[k].clear();
  }
  check_together();
}

/// Knobs may bear on each other: where all of them together do not give what reading gives, none is
/// turned directly.
void Knobs::check_together() {
  if (std::find(direct_.begin(), direct_.end(), false) != direct_.end()) return;
  for (std::size_t shift = 0; shift < 3; ++shift) {
    std::vector<KnobValue> values;
    for (std::size_t k = 0; k < knobs_.size(); ++k) {
      const auto& probes = knobs_[k].probes;
      values.push_back(probes[(k + shift) % probes.size()]);
    }
    if (at(values) == read(values).model) continue;
    direct_.assign(knobs_.size(), false);
    places_.assign(knobs_.size(), {});
    return;
  }
}

}  // namespace entente
