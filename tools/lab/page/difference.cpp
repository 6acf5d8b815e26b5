#include <cmath>

#include "lab/page/difference_table.hpp"
#include "lab/page/documents.hpp"
#include "lab/page/outcome_tables.hpp"

namespace entente::lab {
namespace {

Json numbers(const std::vector<double>& values) {
  Json out = Json::array();
  for (const double value : values) out.push_back(rounded(value));
  return out;
}

/// Shares as per mille of pairs.
Json shares(const std::vector<double>& values, std::size_t pairs) {
  Json out = Json::array();
  for (const double value : values) {
    const auto count = std::llround(value * static_cast<double>(pairs));
    out.push_back(per_mille(static_cast<std::uint64_t>(count), pairs));
  }
  return out;
}

Json ladder_json(const LadderDifferenceTable& table, std::size_t pairs) {
  Json counts = Json::array();
  for (const auto& rung : table.counts) {
    counts.push_back({{"difference", numbers(rung.difference)},
                      {"low", numbers(rung.low)},
                      {"high", numbers(rung.high)},
                      {"followers", numbers(rung.followers)}});
  }
  Json forced = Json::array();
  for (const auto value : table.forced) forced.push_back(value != 0);
  return {{"counts", std::move(counts)},
          {"forced", std::move(forced)},
          {"changed", shares(table.changed, pairs)},
          {"higher", shares(table.higher, pairs)},
          {"lower", shares(table.lower, pairs)}};
}

CountDifferenceTable counts_of(const Model& model, const Comparison& comparison, std::size_t k,
                               LadderRole role, Rung rung) {
  CountDifferenceTable out;
  for (std::size_t t = 0; t < model.calendar.steps(); ++t) {
    const auto all = comparison.count(k, role, t, rung);
    out.difference.push_back(all.difference);
    out.low.push_back(all.low);
    out.high.push_back(all.high);
    out.followers.push_back(comparison.followers(k, role, t, rung).difference);
  }
  return out;
}

/// Reads what the file of a what-if says of one ladder, for all variants and authorities.
class FileLadder {
 public:
  FileLadder(const Model& model, const ResultTables& file, LadderRole role, std::size_t variants)
      : steps_(model.calendar.steps()),
        actors_(model.actors.size()),
        rungs_(model.ladders[index_of(role)].size()) {
    const std::string key = model.ladders[index_of(role)].key;
    const std::size_t rows = variants * model.authorities.size();
    const auto course = [&](const char* name) {
      return file.numbers(key + name, rows * steps_ * rungs_);
    };
    difference_ = course("_count_difference");
    low_ = course("_count_low");
    high_ = course("_count_high");
    followers_ = course("_followers_difference");
    forced_ = file.numbers(key + "_forced", rows * actors_);
    changed_ = file.numbers(key + "_changed", rows * actors_);
    joint_ = file.numbers(key + "_joint", rows * actors_ * rungs_ * rungs_);
  }

  [[nodiscard]] LadderDifferenceTable table(std::size_t row) const {
    LadderDifferenceTable out;
    for (std::size_t r = 1; r < rungs_; ++r) {
      const auto course = [&](const std::vector<double>& values) {
        std::vector<double> by_step;
        for (std::size_t t = 0; t < steps_; ++t) {
          by_step.push_back(values[(row * steps_ + t) * rungs_ + r]);
        }
        return by_step;
      };
      out.counts.push_back({course(difference_), course(low_), course(high_), course(followers_)});
    }
    for (std::size_t i = 0; i < actors_; ++i) {
      out.forced.push_back(forced_[row * actors_ + i] != 0.0 ? 1 : 0);
      out.changed.push_back(changed_[row * actors_ + i]);
      const double* joint = &joint_[(row * actors_ + i) * rungs_ * rungs_];
      double higher = 0.0, lower = 0.0;
      for (std::size_t x = 0; x < rungs_ * rungs_; ++x) {
        if (x % rungs_ > x / rungs_) higher += joint[x];
        if (x % rungs_ < x / rungs_) lower += joint[x];
      }
      out.higher.push_back(higher);
      out.lower.push_back(lower);
    }
    return out;
  }

 private:
  std::size_t steps_, actors_, rungs_;
  std::vector<double> difference_, low_, high_, followers_, forced_, changed_, joint_;
};

}  // namespace

DifferenceTable table_of(const Model& model, const Comparison& comparison) {
  DifferenceTable out;
  out.pairs = comparison.pairs();
  out.first_difference = comparison.first_difference();
  for (std::size_t k = 0; k < model.authorities.size(); ++k) {
    auto& ladders = out.authorities.emplace_back();
    for (const auto role : all_ladders) {
      LadderDifferenceTable& own = ladders[index_of(role)];
      for (std::size_t r = 1; r < model.ladders[index_of(role)].size(); ++r) {
        own.counts.push_back(counts_of(model, comparison, k, role, static_cast<Rung>(r)));
      }
      for (std::size_t i = 0; i < model.actors.size(); ++i) {
        own.forced.push_back(comparison.is_forced(k, role, i) ? 1 : 0);
        own.changed.push_back(comparison.changed(k, role, i));
        own.higher.push_back(comparison.higher(k, role, i));
        own.lower.push_back(comparison.lower(k, role, i));
      }
    }
  }
  return out;
}

std::vector<DifferenceTable> difference_tables(const Model& model, const ResultTables& file,
                                               std::size_t pairs, std::size_t variants) {
  std::vector<DifferenceTable> out(variants);
  const auto first = file.numbers("variant_first_difference", variants);
  for (std::size_t v = 0; v < variants; ++v) {
    out[v].pairs = pairs;
    const bool differs = first[v] >= 0.0 && first[v] < static_cast<double>(model.calendar.steps());
    if (differs) out[v].first_difference = static_cast<std::uint32_t>(first[v]);
    out[v].authorities.resize(model.authorities.size());
  }
  for (const auto role : all_ladders) {
    const FileLadder ladder(model, file, role, variants);
    for (std::size_t row = 0; row < variants * model.authorities.size(); ++row) {
      out[row / model.authorities.size()]
          .authorities[row % model.authorities.size()][index_of(role)] = ladder.table(row);
    }
  }
  return out;
}

Json difference_json(const DifferenceTable& table, std::size_t outcome) {
  Json authorities = Json::array();
  for (const auto& own : table.authorities) {
    Json ladders = Json::array();
    for (const auto& ladder : own) ladders.push_back(ladder_json(ladder, table.pairs));
    Json authority;
    authority["ladders"] = std::move(ladders);
    authorities.push_back(std::move(authority));
  }
  return {
      {"outcome", outcome},
      {"first_difference", table.first_difference ? Json(*table.first_difference) : Json(nullptr)},
      {"authorities", std::move(authorities)}};
}

Json difference_document(const Model& model, const Comparison& comparison, std::size_t outcome) {
  return difference_json(table_of(model, comparison), outcome);
}

}  // namespace entente::lab
