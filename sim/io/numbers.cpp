#include <variant>

#include "entente/io/knobs.hpp"
#include "io/fields.hpp"

namespace entente {
namespace {

class Collector {
 public:
  explicit Collector(std::vector<float*>& out) : out_(out) {}

  void one(float& value) { out_.push_back(&value); }
  template <class List>
  void all(List& values) {
    for (float& value : values) one(value);
  }
  template <class Struct, class Fields>
  void fields(Struct& owner, const Fields& table) {
    for (const auto& field : table) one(owner.*field.member);
  }
  void changes(std::vector<Change>& list) {
    for (auto& change : list) {
      one(change.value);
      one(change.high);
    }
  }
  void conditions(std::vector<Condition>& list) {
    for (auto& condition : list) {
      std::visit(
          [&](auto& bounds) {
            if constexpr (requires { one(bounds.at_least); }) {
              one(bounds.at_least);
              one(bounds.at_most);
            }
          },
          condition);
    }
  }

 private:
  std::vector<float*>& out_;
};

}  // namespace

std::vector<float*> numbers_of(Model& model) {
  std::vector<float*> numbers;
  Collector collect(numbers);
  collect.fields(model, model_fields());
  for (auto& actor : model.actors) collect.one(actor.importance);
  for (auto& group : model.groups) collect.fields(group, group_fields());
  for (auto& authority : model.authorities) {
    collect.fields(authority.dynamics, dynamics_fields());
    collect.all(authority.initial_state);
  }
  for (auto& ladder : model.ladders) {
    collect.fields(ladder, ladder_fields());
    for (const auto& profile : rung_fields()) collect.all(ladder.*profile.member);
  }
  for (auto* ladder : {&model.rights, &model.posture}) {
    collect.fields(*ladder, authority_ladder_fields());
    collect.all(ladder->value);
  }
  for (float& value : model.parameters.all()) collect.one(value);
  for (auto& series : model.series) collect.all(series.values);
  for (auto& term : model.terms) collect.all(term.values);
  for (auto& covariate : model.covariates) collect.one(covariate.coefficient);
  for (auto& event : model.events) {
    collect.one(event.probability);
    collect.conditions(event.when);
    collect.changes(event.changes);
  }
  for (auto& body : model.bodies) {
    collect.one(body.threshold);
    collect.one(body.reverse_below);
    collect.changes(body.changes);
  }
  collect.all(model.initial_salience);
  return numbers;
}

}  // namespace entente
