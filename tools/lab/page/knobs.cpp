// The numbers of a scenario that can be turned, with their paths.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string_view>

#include "entente/terms/registry.hpp"
#include "io/fields.hpp"
#include "lab/page/parts.hpp"

namespace entente::lab {
namespace {

constexpr double boundless = std::numeric_limits<double>::infinity();

/// What is the same for a number wherever it stands.
struct Range {
  float min;
  float max;
  std::string_view unit;
  std::string_view meaning;
  // What the rest of the scenario leaves of it.
  double lowest = -boundless;
  double highest = boundless;
};

/// 1, 2 or 5 times a power of ten, not below `value`.
double round_up(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  for (const double step : {1.0, 2.0, 5.0}) {
    if (value <= step * power * (1.0 + 1e-9)) return step * power;
  }
  return 10.0 * power;
}

/// Where a slider ends: the number's own range where that is narrow, else 0 to about three times
/// the value, on the side where it stands.
std::pair<double, double> slider(float value, const Range& range) {
  constexpr float narrow = 20.0F;
  const double low = detail::shortest(range.min), high = detail::shortest(range.max);
  if (range.max - range.min <= narrow) return {low, high};
  constexpr double usual = 5.0;
  const double v = detail::shortest(value);
  const double reach = v == 0.0 ? usual : round_up(3.0 * std::abs(v));
  return v < 0.0 ? std::pair(std::max(low, -reach), std::min(high, 0.0))
                 : std::pair(std::max(low, 0.0), std::min(high, reach));
}

std::string capital(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  return text;
}

class KnobList {
 public:
  explicit KnobList(const Model& model) : model_(model), moved_(model.parameters.all().size()) {
    for (const auto& series : model.series) {
      for (const auto slot : series.slots) moved_[slot] = true;
    }
  }

  Json take() {
    coefficients();
    for (std::size_t k = 0; k < model_.authorities.size(); ++k) authority(k);
    ladders();
    for (std::size_t g = 0; g < model_.groups.size(); ++g) group(g);
    for (std::size_t i = 0; i < model_.actors.size(); ++i) country(i);
    return std::move(out_);
  }

 private:
  /// @param path   its parts; a name that a path cannot hold makes no knob
  void add(const std::vector<std::string>& path, const std::string& label, float value,
           const Range& range) {
    const auto cannot = [](const std::string& part) {
      return part.empty() || part.find_first_of(".[]=") != std::string::npos;
    };
    if (std::any_of(path.begin(), path.end(), cannot)) return;
    auto [low, high] = slider(value, range);
    const double own = detail::shortest(value);
    low = std::max(low, std::min(range.lowest, own));
    high = std::min(high, std::max(range.highest, own));
    out_.push_back({{"path", fmt::format("{}", fmt::join(path, "."))},
                    {"label", capital(in_words(label))},
                    {"group", group_},
                    {"actor", actor_},
                    {"value", plain(value)},
                    {"low", low},
                    {"high", high},
                    {"unit", range.unit},
                    {"meaning", range.meaning}});
  }

  template <class Struct, class Object>
  void add_fields(const std::vector<std::string>& folder, const std::string& prefix,
                  const Object& object, std::span<const Field<Struct>> fields) {
    for (const auto& field : fields) {
      auto path = folder;
      path.emplace_back(field.name);
      Range range{field.min, field.max, field.unit, field.meaning};
      range.lowest = lowest(object, field.name);
      if (reverts(field.name)) range.highest = fastest();
      add(path, prefix + std::string(field.name), object.*field.member, range);
    }
  }

  // Nobody may start with more salience than the cap of the group.
  [[nodiscard]] double lowest(const Group& group, std::string_view field) const {
    const std::size_t n = model_.actors.size();
    const auto g = static_cast<std::size_t>(&group - model_.groups.data());
    if (field != "salience_cap" || n == 0) return -boundless;
    const std::span own(model_.initial_salience.data() + g * n, n);
    return detail::shortest(*std::max_element(own.begin(), own.end()));
  }
  template <class Object>
  [[nodiscard]] double lowest(const Object&, std::string_view) const {
    return -boundless;
  }

  // Speeds that violations() holds to one per step.
  static bool reverts(std::string_view field) {
    constexpr std::array<std::string_view, 4> names{"reversion", "pull", "relax", "recover"};
    return std::find(names.begin(), names.end(), field) != names.end();
  }
  [[nodiscard]] double fastest() const { return std::floor(1.00005 / model_.calendar.dt()); }

  void add_param(const std::vector<std::string>& path, const std::string& label, Param param,
                 std::size_t row, std::size_t column) {
    const std::size_t slot = model_.parameters.slot(param, row, column);
    if (moved_[slot]) return;  // its series has the last word
    const ParamInfo& p = info(param);
    add(path, label, model_.parameters.all()[slot], {p.min, p.max, p.unit, p.meaning});
  }

  void coefficients() {
    group_ = "coefficients";
    for (const auto& choice : model_.terms) {
      const TermInfo* term = builtin_terms().find(choice.key);
      for (std::size_t f = 0; term != nullptr && f < term->fields.size(); ++f) {
        const FieldInfo& field = term->fields[f];
        const std::string title(term->title);
        const bool strength = field.name == "coefficient";
        add({"terms", choice.key, std::string(field.name)},
            strength ? title : title + ": " + std::string(field.name), choice.values[f],
            {field.min, field.max, field.unit, field.meaning});
      }
    }
    for (const auto& covariate : model_.covariates) {
      add({"covariates", covariate.key, "coefficient"}, covariate.key + ", from data",
          covariate.coefficient,
          {-1000, 1000, "utility", "strength of the regressor in the utility of rungs"});
    }
    add_fields({}, "", model_, model_fields());
  }

  void authority(std::size_t k) {
    group_ = "authority";
    const Authority& authority = model_.authorities[k];
    const std::vector<std::string> folder{"authorities", authority.id};
    const std::string who = model_.authorities.size() > 1 ? authority.name + ": " : "";
    const auto below = [&](std::string_view key, const std::string& name = "") {
      auto path = folder;
      path.emplace_back(key);
      if (!name.empty()) path.push_back(name);
      return path;
    };
    for (const auto& param : parameter_infos()) {
      const std::string key(param.key);
      if (param.shape == Shape::authority) add_param(below(key), who + key, param.param, k, 0);
      for (std::size_t s = 0; param.shape == Shape::authority_sector && s < model_.sectors.size();
           ++s) {
        add_param(below(key, model_.sectors[s]), who + key + ": " + model_.sectors[s], param.param,
                  k, s);
      }
      for (std::size_t g = 0; param.shape == Shape::authority_group && g < model_.groups.size();
           ++g) {
        add_param(below(key, model_.groups[g].id), who + key + ": " + model_.groups[g].name,
                  param.param, k, g);
      }
    }
    for (const auto& state : state_fields()) {
      add(below(state.name), who + std::string(state.name) + " at the start",
          authority.initial_state[static_cast<std::size_t>(state.state)],
          {state.min, state.max, "1", state.meaning});
    }
    add_fields(below("dynamics"), who, authority.dynamics, dynamics_fields());
  }

  void ladders() {
    group_ = "ladders";
    for (const auto role : all_ladders) {
      const Ladder& ladder = model_.ladders[index_of(role)];
      if (ladder.size() < 2) continue;
      add_fields({"ladders", std::string(to_string(role))}, ladder.key + ": ", ladder,
                 ladder_fields());
    }
    if (model_.rights.size() > 1) {
      add_fields({"ladders", "rights"}, model_.rights.key + ": ", model_.rights,
                 authority_ladder_fields());
    }
    if (model_.posture.size() > 1 && !model_.groups.empty()) {
      add_fields({"ladders", "posture"}, model_.posture.key + ": ", model_.posture,
                 authority_ladder_fields());
    }
  }

  void group(std::size_t g) {
    group_ = "groups";
    const Group& group = model_.groups[g];
    const std::vector<std::string> folder{"groups", group.id};
    for (const auto& param : parameter_infos()) {
      if (param.shape != Shape::group) continue;
      add_param({"groups", group.id, std::string(param.key)},
                group.name + ": " + std::string(param.key), param.param, 0, g);
    }
    add_fields(folder, group.name + ": ", group, group_fields());
  }

  void country(std::size_t i) {
    group_ = "country";
    actor_ = model_.actors[i].id;
    const std::string& id = model_.actors[i].id;
    for (const auto& param : parameter_infos()) {
      const std::string key(param.key);
      for (std::size_t row = 0; row < model_.parameters.rows(param.param); ++row) {
        if (param.shape == Shape::actor) {
          add_param({"actors", "override", id, key}, key, param.param, 0, i);
        } else if (param.shape == Shape::authority_actor) {
          of_authority(id, key, param.param, row, i);
        } else if (param.shape == Shape::group_actor) {
          add_param({"actors", "override", id, key, model_.groups[row].id},
                    key + ": " + model_.groups[row].name, param.param, row, i);
        } else if (param.shape == Shape::sector_actor) {
          add_param({"actors", "override", id, key, model_.sectors[row]},
                    key + ": " + model_.sectors[row], param.param, row, i);
        } else if (param.shape == Shape::covariate_actor && model_.covariates[row].by_actor) {
          add_param({"actors", "override", id, key, model_.covariates[row].key},
                    model_.covariates[row].key, param.param, row, i);
        }
      }
    }
    actor_ = nullptr;
  }

  /// With several authorities, overrides under `actors` hold for each of them.
  void of_authority(const std::string& id, const std::string& key, Param param, std::size_t row,
                    std::size_t i) {
    if (model_.authorities.size() == 1) {
      add_param({"actors", "override", id, key}, key, param, row, i);
      return;
    }
    const Authority& authority = model_.authorities[row];
    add_param({"authorities", authority.id, "actors", "override", id, key},
              key + ": " + authority.name, param, row, i);
  }

  const Model& model_;
  std::vector<bool> moved_;  ///< by slot: a series sets it at every step
  Json out_ = Json::array();
  std::string_view group_;
  Json actor_ = nullptr;
};

}  // namespace

Json knobs_json(const Model& model) { return KnobList(model).take(); }

}  // namespace entente::lab
