// What a variant may say: nothing that would give it other actors, another time or another luck.
#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "io/fields.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/form_parts.hpp"

namespace entente::detail {

namespace {

const KeySpec& key_of(const Spec& spec, std::string_view name) {
  return *std::find_if(spec.keys.begin(), spec.keys.end(),
                       [&](const KeySpec& key) { return key.name == name; });
}

class VariantForm {
 public:
  VariantForm() : part_(pool_) {
    std::vector<KeySpec> keys{
        {"entente", part_.integer(1, 1, "format version"), true, "format version"},
        {"title", part_.text(), true, "one line that names the variant"},
        {"question", part_.text(), true, "what is asked by it"},
        {"reasoning", part_.text(), false, "why it is a case worth asking"},
        {"look_at", part_.text(), false, "what to look at in the answer"},
        {"sources", part_.one_or_list(part_.text()), false, "who said so"},
        {"set", part_.map_of(part_.anything()), false,
         "values by their paths, as with --set; the last word, in order"}};
    const auto& scenario = scenario_form();
    for (const auto* name : {"note", "terms", "covariates", "variables", "relations", "groups",
                             "authorities", "series", "events", "bodies"})
      keys.push_back(of_variant(key_of(scenario, name)));
    auto actors = of_variant(key_of(scenario, "actors"));
    actors.value = part_.record(actor_keys(*actors.value), true);
    keys.push_back(std::move(actors));
    auto ladders = of_variant(key_of(scenario, "ladders"));
    ladders.value = part_.record(ladder_keys(*ladders.value), true);
    keys.push_back(std::move(ladders));
    for (const auto& field : model_fields()) keys.push_back(key_of(scenario, field.name));
    root_ = part_.record(std::move(keys));
  }
  [[nodiscard]] const Spec& root() const { return *root_; }

 private:
  // The scenario has it already.
  static KeySpec of_variant(KeySpec key) {
    key.required = false;
    return key;
  }

  // Who takes part is the scenario's.
  static std::vector<KeySpec> actor_keys(const Spec& actors) {
    std::vector<KeySpec> keys;
    for (const auto* name : {"importance", "derive", "initial", "override"})
      keys.push_back(key_of(actors, name));
    return keys;
  }

  // So are the rungs, which of them recognise, and how high they are: what is counted and compared.
  std::vector<KeySpec> ladder_keys(const Spec& ladders) {
    auto keys = ladders.keys;
    for (auto& ladder : keys) {
      auto numbers = ladder.value->keys;
      std::erase_if(numbers, [](const KeySpec& key) {
        return key.name == "rungs" || key.name == "height" || key.name == "recognises_from";
      });
      ladder.value = part_.record(std::move(numbers), true);
    }
    return keys;
  }

  SpecPool pool_;
  FormParts part_;
  const Spec* root_ = nullptr;
};

}  // namespace

const Spec& variant_form() {
  static const VariantForm form;
  return form.root();
}

}  // namespace entente::detail
