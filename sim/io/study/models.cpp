#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/parallel.hpp"
#include "entente/core/error.hpp"
#include "entente/io/study.hpp"
#include "io/scenario/sources.hpp"
#include "io/study/knob_plan.hpp"

namespace entente {

namespace {

std::size_t variant_of(std::optional<std::size_t> parameter, const std::vector<double>& values) {
  return parameter ? static_cast<std::size_t>(values[*parameter]) : 0;
}

// What a parameter is to blame for stands in no file of its own.
[[noreturn]] void rethrow(const InputError& error, const std::string& file) {
  auto problems = error.problems();
  for (auto& problem : problems)
    if (problem.file == detail::not_a_file) problem.file = file;
  throw InputError(std::move(problems));
}

}  // namespace

struct StudyModels::Impl {
  Impl(const Study& study, std::size_t threads)
      : plan(study.parameters, study.space, study.base.model),
        space(study.space),
        design(study.design),
        variant_parameter(study.variant_parameter) {
    try {
      detail::with_threads(threads, [&] {
        for (const auto& variant : study.variants)
          knobs.emplace_back(study.scenario, variant, study.overrides, plan.knobs(), study.kept);
      });
    } catch (const InputError& error) {
      rethrow(error, study.file.string());
    }
  }

  detail::KnobPlan plan;
  FactorSpace space;
  StudyDesign design;
  std::optional<std::size_t> variant_parameter;
  std::vector<Knobs> knobs;  // by variant
};

StudyModels::StudyModels(const Study& study, std::size_t threads)
    : impl_(std::make_unique<Impl>(study, threads)) {}
StudyModels::StudyModels(StudyModels&&) noexcept = default;
StudyModels& StudyModels::operator=(StudyModels&&) noexcept = default;
StudyModels::~StudyModels() = default;

Model StudyModels::at(std::size_t row) const {
  const auto values = values_at(impl_->design, impl_->space, row);
  const auto& knobs = impl_->knobs[variant_of(impl_->variant_parameter, values)];
  try {
    return knobs.at(impl_->plan.values(values));
  } catch (const InputError& error) {
    rethrow(error, "");
  }
}

bool StudyModels::is_direct(std::size_t parameter) const {
  const auto own = impl_->plan.knobs_of(parameter);
  return std::all_of(impl_->knobs.begin(), impl_->knobs.end(), [&](const Knobs& knobs) {
    return std::all_of(own.begin(), own.end(),
                       [&](std::size_t knob) { return knobs.is_direct(knob); });
  });
}

std::vector<std::size_t> StudyModels::without_effect() const {
  std::vector<std::size_t> found;
  for (std::size_t p = 0; p < impl_->space.size(); ++p) {
    if (p == impl_->variant_parameter) continue;
    const auto own = impl_->plan.knobs_of(p);
    const bool idle =
        std::all_of(impl_->knobs.begin(), impl_->knobs.end(), [&](const Knobs& knobs) {
          return std::all_of(own.begin(), own.end(), [&](std::size_t knob) {
            return knobs.is_direct(knob) && knobs.places(knob) == 0;
          });
        });
    if (idle) found.push_back(p);
  }
  return found;
}

std::vector<std::string> settings_at(const Study& study, std::size_t row) {
  const detail::KnobPlan plan(study.parameters, study.space, study.base.model);
  const auto values = plan.values(values_at(study.design, study.space, row));
  std::vector<std::string> settings;
  for (std::size_t k = 0; k < values.size(); ++k)
    settings.push_back(plan.knobs()[k].path + '=' + text_of(values[k]));
  return settings;
}

std::size_t variant_at(const Study& study, std::size_t row) {
  return variant_of(study.variant_parameter, values_at(study.design, study.space, row));
}

}  // namespace entente
