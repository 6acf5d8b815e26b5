#include "entente/io/knobs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <utility>

#include "engine/parallel.hpp"
#include "io/scenario/check.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/overrides.hpp"

namespace entente {
namespace {

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

std::string text_of(const KnobValue& value) {
  if (const auto* number = std::get_if<double>(&value)) return fmt::format("{}", *number);
  return std::get<std::string>(value);
}

/// Models to which direct knobs are turned, one for each combination of the other knobs' values.
///
/// A combination that was tried and in which direct knobs do not do what reading does has none.
class Knobs::Frames {
 public:
  using Frame = std::shared_ptr<const Model>;

  /// What is kept for these values, or nothing.
  std::optional<Frame> find(const std::vector<KnobValue>& fixed) {
    const std::lock_guard guard(mutex_);
    const auto at = frames_.find(fixed);
    return at == frames_.end() ? std::nullopt : std::optional(at->second);
  }
  void keep(std::vector<KnobValue> fixed, Frame frame) {
    const std::lock_guard guard(mutex_);
    if (frames_.size() < most) frames_.emplace(std::move(fixed), std::move(frame));
  }

 private:
  // A model of 200 actors takes half a megabyte.
  static constexpr std::size_t most = 256;

  std::mutex mutex_;
  std::map<std::vector<KnobValue>, Frame> frames_;
};

Knobs::Knobs(Knobs&&) noexcept = default;
Knobs& Knobs::operator=(Knobs&&) noexcept = default;
Knobs::~Knobs() = default;

Knobs::Knobs(std::filesystem::path scenario, VariantSource variant,
             std::vector<std::string> overrides, std::vector<Knob> knobs, KeptFiles kept)
    : scenario_(std::move(scenario)),
      variant_(std::move(variant)),
      overrides_(std::move(overrides)),
      kept_(kept != nullptr ? std::move(kept) : keep_files()),
      knobs_(std::move(knobs)),
      frames_(std::make_unique<Frames>()) {
  for (const auto& knob : knobs_) {
    if (knob.probes.empty()) throw std::invalid_argument("knob " + knob.path + ": no probes");
    const auto parts = detail::split_path(knob.path);
    forms_.push_back(parts ? detail::find_spec(detail::scenario_form(), *parts) : nullptr);
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
  if (varied) return load_variant(scenario_, variant_, overrides, kept_).scenario;
  return load_scenario(scenario_, overrides, {}, kept_);
}

Model Knobs::at(std::span<const KnobValue> values) const {
  if (values.size() != knobs_.size()) return read(values).model;  // which refuses
  std::vector<KnobValue> fixed;
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    if (direct_[k] && !is_allowed(k, values[k])) return read(values).model;  // which refuses
    if (direct_[k]) continue;
    if (!knobs_[k].listed) return read(values).model;
    fixed.push_back(values[k]);
  }
  auto frame = frames_->find(fixed);
  if (!frame) {
    // Two threads may come here with the same values: they do the same.
    auto model = std::make_shared<Model>(read(values).model);
    frame = agrees(*model, {values.begin(), values.end()}) ? Frames::Frame(model) : nullptr;
    frames_->keep(std::move(fixed), *frame);
  }
  if (*frame == nullptr) return read(values).model;
  Model model = **frame;
  turn(model, values);
  return model;
}

/// Whether a scenario may have a value in the place of a direct knob.
bool Knobs::is_allowed(std::size_t knob, const KnobValue& value) const {
  const auto* number = std::get_if<double>(&value);
  return number != nullptr && (forms_[knob] == nullptr || detail::allows(*forms_[knob], *number));
}

/// Sets the direct knobs.
void Knobs::turn(Model& model, std::span<const KnobValue> values) const {
  const auto numbers = numbers_of(model);
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    if (!direct_[k]) continue;
    const auto number = static_cast<float>(std::get<double>(values[k]));
    for (const auto place : places_[k]) *numbers[place] = number;
  }
}

/// Whether turning the direct knobs, all together, does what reading does. Knobs may bear on each
/// other, and the other knobs on all of them.
///
/// @param values  of which the direct knobs' are tried at all their probes
bool Knobs::agrees(const Model& frame, std::vector<KnobValue> values) const {
  if (std::find(direct_.begin(), direct_.end(), true) == direct_.end()) return true;
  Model copy = frame;
  if (numbers_of(copy).size() != numbers_) return false;
  for (std::size_t shift = 0; shift < 3; ++shift) {
    for (std::size_t k = 0; k < knobs_.size(); ++k) {
      const auto& probes = knobs_[k].probes;
      if (direct_[k]) values[k] = probes[(k + shift) % probes.size()];
    }
    const Model anew = read(values).model;
    if (!same_frame(frame, anew)) return false;
    Model turned = frame;
    turn(turned, values);
    if (!(turned == anew)) return false;
  }
  return true;
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
    if (probe == middle_values[knob]) continue;  // which is kept already
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
  Model base = read(values).model;
  numbers_ = numbers_of(base).size();
  direct_.assign(knobs_.size(), false);
  places_.assign(knobs_.size(), {});
  // Each reads the scenario twice or more. What is wrong is said of the first knob to blame.
  std::vector<char> found(knobs_.size(), 0);
  std::vector<std::exception_ptr> wrong(knobs_.size());
  detail::for_chunks(knobs_.size(), 1, [&](std::size_t k, std::size_t, std::size_t) {
    try {
      found[k] = find_places(k, base, values, places_[k]) ? 1 : 0;
    } catch (...) {
      wrong[k] = std::current_exception();
    }
  });
  for (std::size_t k = 0; k < knobs_.size(); ++k) {
    if (wrong[k]) std::rethrow_exception(wrong[k]);
    direct_[k] = found[k] != 0;
    if (!direct_[k]) places_[k].clear();
  }
  if (agrees(base, values)) return;
  direct_.assign(knobs_.size(), false);
  places_.assign(knobs_.size(), {});
}

}  // namespace entente
