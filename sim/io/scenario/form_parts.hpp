#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entente/model/parameters.hpp"
#include "io/fields.hpp"
#include "io/scenario/spec.hpp"

namespace entente::detail {

/// Makes the parts that scenario forms are put together from.
class FormParts {
 public:
  explicit FormParts(SpecPool& pool);

  // Scalars.
  const Spec* text();
  const Spec* text_or_nothing();
  const Spec* number(double min, double max, std::string_view unit,
                     std::optional<double> fallback = std::nullopt);
  const Spec* integer(double min, double max, std::string_view meaning);
  const Spec* boolean();
  const Spec* date();
  const Spec* choice(std::vector<std::string> names);
  const Spec* rule_scalar();
  const Spec* ladder_name();
  [[nodiscard]] std::vector<std::string> profile_names() const;

  // Containers.
  const Spec* record(std::vector<KeySpec> keys, bool null = false);
  const Spec* map_of(const Spec* value);
  const Spec* dated(const Spec* value);
  const Spec* list_of(const Spec* item, std::size_t min = 0,
                      std::size_t max = static_cast<std::size_t>(-1));
  const Spec* one_or_list(const Spec* one);
  const Spec* anything();  ///< text, lists and mappings as they come
  /// The same, written once in the schema and referred to by this name.
  const Spec* named(const std::string& name, const Spec* spec);

  // Parts of a scenario.
  const Spec* selector();
  const Spec* missing();
  const Spec* rule();
  const Spec* ladders();
  const Spec* actors();
  const Spec* relations();
  const Spec* group();
  const Spec* authority();
  const Spec* events();
  const Spec* changes();
  const Spec* body();
  /// Appends `actors`, `group`, `sector`, `covariate`, `authority`.
  void add_address_keys(std::vector<KeySpec>& keys);

  template <class Struct>
  KeySpec key_of(const Field<Struct>& field) {
    return {std::string(field.name), number(field.min, field.max, field.unit, field.fallback()),
            false, std::string(field.meaning)};
  }

 private:
  const Spec* ladder(bool recognises);
  const Spec* authority_ladder(double least_value);
  const Spec* initial_rungs(bool salience);
  const Spec* derive(bool of_authority);
  const Spec* overrides(bool of_authority);
  const Spec* condition();
  const Spec* event();
  // `overrides`: what counts where nothing is said is a rule, not the fallback.
  KeySpec parameter_number(const ParamInfo& info, bool overrides = false);

  SpecPool& pool_;
  const Spec* text_ = nullptr;
  const Spec* selector_ = nullptr;
  const Spec* missing_ = nullptr;
  const Spec* rule_ = nullptr;
  const Spec* changes_ = nullptr;
};

}  // namespace entente::detail
