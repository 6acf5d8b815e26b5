#include "entente/estimate/design.hpp"

#include <algorithm>
#include <stdexcept>

#include "entente/core/error.hpp"
#include "entente/engine/simulation.hpp"

namespace entente {
namespace {

bool is_ladder_term(const std::string& key) { return key == "baseline" || key == "switching"; }

/// Places of the fields of a term that its contribution is linear in.
std::vector<std::size_t> linear_fields(const TermInfo& info) {
  std::vector<std::size_t> places;
  for (std::size_t f = 0; f < info.fields.size(); ++f) {
    if (info.fields[f].unit == "utility") places.push_back(f);
  }
  return places;
}

/// Sums of contributions over replicates: (K, D, T, N, terms, 2), below and above.
class MeanContributions final : public Recorder {
 public:
  MeanContributions(const Model& model, std::size_t terms)
      : ladders_(model.authorities.size() * ladder_count),
        steps_(model.calendar.steps()),
        actors_(model.actors.size()),
        terms_(terms),
        sums_(ladders_ * steps_ * actors_ * terms_ * 2),
        opportunity_(ladders_ * steps_ * actors_) {}

  void record(const TileResult& tile) override {
    const std::size_t decisions = steps_ * actors_;
    for (std::size_t ladder = 0; ladder < ladders_; ++ladder) {
      for (std::size_t r = 0; r < tile.replicates; ++r) {
        const std::size_t from = (ladder * tile.replicates + r) * decisions;
        add(&tile.contributions[from * terms_ * 2], decisions * terms_ * 2,
            &sums_[ladder * decisions * terms_ * 2]);
        add(&tile.opportunity[from], decisions, &opportunity_[ladder * decisions]);
      }
    }
    replicates_ += tile.replicates;
  }

  /// @param above  1 for the rung above, 0 for the one below
  [[nodiscard]] double contribution(std::size_t decision, std::size_t term,
                                    std::size_t above) const {
    return sums_[(decision * terms_ + term) * 2 + above] / static_cast<double>(replicates_);
  }
  [[nodiscard]] double opportunity(std::size_t decision) const {
    return opportunity_[decision] / static_cast<double>(replicates_);
  }

 private:
  static void add(const float* values, std::size_t count, double* sums) {
    for (std::size_t x = 0; x < count; ++x) sums[x] += static_cast<double>(values[x]);
  }

  std::size_t ladders_, steps_, actors_, terms_, replicates_ = 0;
  std::vector<double> sums_, opportunity_;
};

class DesignMaker {
 public:
  DesignMaker(const Model& model, const Path& path, const TermRegistry& registry)
      : model_(model), path_(path), registry_(registry) {
    if (path.actors != model.actors.size() || path.steps != model.calendar.steps() ||
        path.authorities != model.authorities.size()) {
      throw std::invalid_argument("design: the path is of another world");
    }
    list_coefficients();
    list_decisions();
  }

  Design run(std::size_t replicates, std::size_t threads) {
    const std::size_t columns = design_.coefficients.size();
    design_.rise.assign(design_.size() * columns, 0.0);
    design_.fall.assign(design_.size() * columns, 0.0);
    add_ladders();
    std::size_t rounds = 1;
    for (const auto& term : model_.terms) {
      rounds = std::max(rounds, linear_fields(*registry_.find(term.key)).size());
    }
    for (std::size_t round = 0; round < rounds; ++round) add_terms(round, replicates, threads);
    check_opportunities();
    return std::move(design_);
  }

 private:
  void list_coefficients() {
    auto& list = design_.coefficients;
    using Kind = Coefficient::Kind;
    for (std::size_t t = 0; t < model_.terms.size(); ++t) {
      const auto& term = model_.terms[t];
      if (is_ladder_term(term.key)) continue;
      const TermInfo* info = registry_.find(term.key);
      if (info == nullptr) throw std::invalid_argument("design: no term '" + term.key + "'");
      for (const auto f : linear_fields(*info)) {
        const std::string field(info->fields[f].name);
        list.push_back({field == "coefficient" ? term.key : term.key + "." + field, Kind::term, t,
                        f, static_cast<double>(term.values[f])});
      }
    }
    for (std::size_t c = 0; c < model_.covariates.size(); ++c) {
      const auto& covariate = model_.covariates[c];
      if (covariate.by_actor) continue;
      list.push_back(
          {covariate.key, Kind::covariate, c, 0, static_cast<double>(covariate.coefficient)});
    }
    for (const auto role : all_ladders) {
      if (!decides(role)) continue;
      const auto& ladder = model_.ladders[index_of(role)];
      const std::string name(to_string(role));
      for (std::size_t r = 1; r < ladder.size(); ++r) {
        list.push_back({name + "." + ladder.rungs[r], Kind::gap, index_of(role), r,
                        static_cast<double>(ladder.baseline[r] - ladder.baseline[r - 1])});
      }
      list.push_back(
          {name + ".down", Kind::down, index_of(role), 0, static_cast<double>(ladder.down)});
    }
  }

  [[nodiscard]] bool decides(LadderRole role) const {
    if (!(model_.ladders[index_of(role)].rate > 0.0F)) return false;  // nobody ever reconsiders
    for (std::size_t k = 0; k < path_.authorities; ++k) {
      const auto* begin = &path_.observed[path_.decision(k, role, 0, 0)];
      const auto* end = begin + path_.steps * path_.actors;
      if (std::find(begin, end, 1) != end) return true;
    }
    return false;
  }

  /// True where an event of the scenario keeps a pair on its rung: then it decides nothing.
  [[nodiscard]] bool is_held(std::size_t pair, std::uint32_t step) const {
    return std::any_of(model_.events.begin(), model_.events.end(), [&](const Event& event) {
      // What may or may not happen leaves the decision open.
      if (step < event.first_step || event.probability < 1.0F || !event.when.empty()) return false;
      if (event.duration != forever && step - event.first_step >= event.duration) return false;
      return std::any_of(event.changes.begin(), event.changes.end(), [&](const Change& change) {
        return change.op == EventOp::hold && change.space == Space::rung &&
               std::binary_search(change.indices.begin(), change.indices.end(), pair);
      });
    });
  }

  void list_decisions() {
    for (std::size_t k = 0; k < path_.authorities; ++k) {
      for (const auto role : all_ladders) {
        if (!decides(role)) continue;
        for (std::size_t t = 0; t < path_.steps; ++t) {
          for (std::size_t i = 0; i < path_.actors; ++i) {
            const std::size_t place = path_.decision(k, role, t, i);
            if (path_.observed[place] == 0) continue;
            if (is_held(model_.rung_index(k, role, i), static_cast<std::uint32_t>(t))) continue;
            Decision one;
            one.actor = static_cast<std::uint32_t>(i);
            one.step = static_cast<std::uint32_t>(t);
            one.authority = static_cast<std::uint16_t>(k);
            one.ladder = role;
            one.from = path_.walked[path_.at(k, role, t, i)];
            one.moved =
                static_cast<std::int8_t>(path_.walked[path_.at(k, role, t + 1, i)] - one.from);
            one.can_rise = one.from + 1U < model_.ladders[index_of(role)].size();
            one.can_fall = one.from > 0;
            design_.decisions.push_back(one);
            places_.push_back(place);
          }
        }
      }
    }
  }

  /// Gaps and `down`, and `up` as offset: multiples of the coefficients of T0 and T11.
  void add_ladders() {
    const double tau = static_cast<double>(model_.temperature);
    const double baseline = term_coefficient("baseline") / tau;
    const double switching = term_coefficient("switching") / tau;
    const std::size_t columns = design_.coefficients.size();
    design_.offset_rise.resize(design_.size());
    design_.offset_fall.resize(design_.size());
    for (std::size_t n = 0; n < design_.size(); ++n) {
      const auto& one = design_.decisions[n];
      if (one.can_rise) {
        design_.offset_rise[n] =
            -switching * static_cast<double>(model_.ladders[index_of(one.ladder)].up);
      }
      add_effect(design_.decisions[n]);
      for (std::size_t c = 0; c < columns; ++c) {
        const auto& coefficient = design_.coefficients[c];
        if (coefficient.place != index_of(one.ladder)) continue;
        if (coefficient.kind == Coefficient::Kind::gap) {
          if (coefficient.part == one.from + 1U) design_.rise[n * columns + c] = baseline;
          if (coefficient.part == one.from) design_.fall[n * columns + c] = -baseline;
        } else if (coefficient.kind == Coefficient::Kind::down && one.can_fall) {
          design_.fall[n * columns + c] = -switching;
        }
      }
    }
  }

  /// What a disposition multiplies: the steps of its covariate's profile.
  void add_effect(Decision& one) const {
    for (const auto& covariate : model_.covariates) {
      if (!covariate.by_actor || !covariate.ladders.contains(one.ladder)) continue;
      const auto& ladder = model_.ladders[index_of(one.ladder)];
      const auto value = [&](std::size_t rung) {
        return static_cast<double>(ladder.value(covariate.profile, static_cast<Rung>(rung)));
      };
      const double factor =
          static_cast<double>(covariate.coefficient) / static_cast<double>(model_.temperature);
      if (one.can_rise) one.rise_effect += factor * (value(one.from + 1U) - value(one.from));
      if (one.can_fall) one.fall_effect += factor * (value(one.from - 1U) - value(one.from));
    }
  }

  [[nodiscard]] double term_coefficient(const std::string& key) const {
    for (const auto& term : model_.terms) {
      if (term.key == key) return static_cast<double>(term.values.front());
    }
    return 0.0;
  }

  /// Runs along the path with the round's field of every term at one, the other coefficients of the
  /// term at zero.
  void add_terms(std::size_t round, std::size_t replicates, std::size_t threads) {
    Model model = model_;
    for (auto& term : model.terms) {
      if (is_ladder_term(term.key)) continue;
      const auto fields = linear_fields(*registry_.find(term.key));
      for (std::size_t f = 0; f < fields.size(); ++f) term.values[fields[f]] = f == round ? 1 : 0;
    }
    for (auto& covariate : model.covariates) covariate.coefficient = 1.0F;
    const Simulation simulation(
        follow_history(std::move(model), path_, static_cast<std::uint32_t>(path_.steps)),
        registry_);
    const std::size_t terms = simulation.term_names().size();
    MeanContributions mean(model_, terms);
    RunOptions options;
    options.replicates = replicates;
    options.record = RecordLevel::full;
    options.threads = threads;
    simulation.run(options, mean);
    const double tau = static_cast<double>(model_.temperature);
    const std::size_t columns = design_.coefficients.size();
    for (std::size_t n = 0; n < design_.size(); ++n) {
      auto& one = design_.decisions[n];
      if (round == 0) one.opportunity = mean.opportunity(places_[n]);
      for (std::size_t c = 0; c < columns; ++c) {
        const std::size_t row = row_of(design_.coefficients[c], round);
        if (row >= terms) continue;
        if (one.can_rise) {
          design_.rise[n * columns + c] = mean.contribution(places_[n], row, 1) / tau;
        }
        if (one.can_fall) {
          design_.fall[n * columns + c] = mean.contribution(places_[n], row, 0) / tau;
        }
      }
    }
  }

  /// Nobody can have moved who never reconsiders.
  void check_opportunities() const {
    for (const auto& one : design_.decisions) {
      if (one.moved == 0 || one.opportunity > 0.0) continue;
      throw NumericalError(
          "design: " + model_.actors[one.actor].id + " moves in " +
          model_.calendar.label(one.step) +
          " on record, but never reconsiders; allowed: attention and rate above 0");
    }
  }

  /// Row of the contributions that tells of a coefficient in this round; beyond all rows if none.
  [[nodiscard]] std::size_t row_of(const Coefficient& coefficient, std::size_t round) const {
    constexpr auto none = static_cast<std::size_t>(-1);
    if (coefficient.kind == Coefficient::Kind::covariate) {
      return round == 0 ? model_.terms.size() + coefficient.place : none;
    }
    if (coefficient.kind != Coefficient::Kind::term) return none;
    const auto fields = linear_fields(*registry_.find(model_.terms[coefficient.place].key));
    return round < fields.size() && fields[round] == coefficient.part ? coefficient.place : none;
  }

  const Model& model_;
  const Path& path_;
  const TermRegistry& registry_;
  Design design_;
  std::vector<std::size_t> places_;  ///< of the decisions, in Path::observed
};

}  // namespace

Design design_of(const Model& model, const Path& path, const TermRegistry& registry,
                 std::size_t replicates, std::size_t threads) {
  return DesignMaker(model, path, registry).run(replicates, threads);
}

Design before(const Design& design, std::uint32_t origin) {
  Design some;
  some.coefficients = design.coefficients;
  const auto columns = static_cast<std::ptrdiff_t>(design.coefficients.size());
  for (std::size_t n = 0; n < design.size(); ++n) {
    if (design.decisions[n].step >= origin) continue;
    const auto row = static_cast<std::ptrdiff_t>(n) * columns;
    some.decisions.push_back(design.decisions[n]);
    some.offset_rise.push_back(design.offset_rise[n]);
    some.offset_fall.push_back(design.offset_fall[n]);
    some.rise.insert(some.rise.end(), design.rise.begin() + row,
                     design.rise.begin() + row + columns);
    some.fall.insert(some.fall.end(), design.fall.begin() + row,
                     design.fall.begin() + row + columns);
  }
  return some;
}

Design pool(const std::vector<Design>& designs, const std::vector<std::string>& names,
            const std::vector<std::string>& separate) {
  Design all;
  std::vector<std::vector<std::size_t>> columns(designs.size());
  for (std::size_t h = 0; h < designs.size(); ++h) {
    for (const auto& coefficient : designs[h].coefficients) {
      using Kind = Coefficient::Kind;
      const bool own =
          coefficient.kind == Kind::gap || coefficient.kind == Kind::down ||
          std::find(separate.begin(), separate.end(), coefficient.name) != separate.end();
      Coefficient one = coefficient;
      if (own && designs.size() > 1) one.name += "@" + names[h];
      const auto known =
          std::find_if(all.coefficients.begin(), all.coefficients.end(),
                       [&](const Coefficient& other) { return other.name == one.name; });
      columns[h].push_back(static_cast<std::size_t>(known - all.coefficients.begin()));
      if (known == all.coefficients.end()) all.coefficients.push_back(std::move(one));
    }
  }
  const std::size_t width = all.coefficients.size();
  for (std::size_t h = 0; h < designs.size(); ++h) {
    const auto& design = designs[h];
    for (std::size_t n = 0; n < design.size(); ++n) {
      all.decisions.push_back(design.decisions[n]);
      all.decisions.back().history = static_cast<std::uint16_t>(h);
      const std::size_t row = all.rise.size();
      all.rise.resize(row + width);
      all.fall.resize(row + width);
      for (std::size_t c = 0; c < columns[h].size(); ++c) {
        all.rise[row + columns[h][c]] = design.rise[n * columns[h].size() + c];
        all.fall[row + columns[h][c]] = design.fall[n * columns[h].size() + c];
      }
    }
    all.offset_rise.insert(all.offset_rise.end(), design.offset_rise.begin(),
                           design.offset_rise.end());
    all.offset_fall.insert(all.offset_fall.end(), design.offset_fall.begin(),
                           design.offset_fall.end());
  }
  return all;
}

std::vector<double> own_coefficients(const Design& pooled, const std::vector<double>& all,
                                     const std::vector<Coefficient>& own,
                                     const std::string& history) {
  std::vector<double> values;
  for (const auto& one : own) {
    double value = one.value;
    for (std::size_t c = 0; c < pooled.coefficients.size(); ++c) {
      // A history has a coefficient for itself or in common, never both.
      const auto& name = pooled.coefficients[c].name;
      if (name == one.name || name == one.name + "@" + history) value = all[c];
    }
    values.push_back(value);
  }
  return values;
}

Model with_dispositions(Model model, const std::vector<std::pair<std::uint32_t, double>>& values) {
  for (std::size_t c = 0; c < model.covariates.size(); ++c) {
    if (!model.covariates[c].by_actor) continue;
    for (std::size_t k = 0; k < model.actors.size(); ++k) {
      model.parameters.at(Param::covariate, c, k) = 0.0F;
    }
    for (const auto& [actor, value] : values) {
      model.parameters.at(Param::covariate, c, actor) = static_cast<float>(value);
    }
    return model;
  }
  if (!values.empty()) throw std::invalid_argument("dispositions: no covariate is by actor");
  return model;
}

Model with_coefficients(Model model, const std::vector<Coefficient>& coefficients,
                        const std::vector<double>& values) {
  for (std::size_t c = 0; c < coefficients.size(); ++c) {
    const auto& one = coefficients[c];
    const auto value = static_cast<float>(values[c]);
    switch (one.kind) {
      case Coefficient::Kind::term:
        model.terms[one.place].values[one.part] = value;
        break;
      case Coefficient::Kind::covariate:
        model.covariates[one.place].coefficient = value;
        break;
      case Coefficient::Kind::down:
        model.ladders[one.place].down = value;
        break;
      case Coefficient::Kind::gap: {
        // Rungs above keep their distance: gaps come in ascending order.
        auto& baseline = model.ladders[one.place].baseline;
        const float shift = baseline[one.part - 1] + value - baseline[one.part];
        for (std::size_t r = one.part; r < baseline.size(); ++r) baseline[r] += shift;
        break;
      }
    }
  }
  return model;
}

}  // namespace entente
