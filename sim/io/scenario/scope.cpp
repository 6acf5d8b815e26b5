#include "io/scenario/scope.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <utility>

#include "io/scenario/suggest.hpp"

namespace entente::detail {

namespace {

Cell number(double value) { return {Cell::State::number, value}; }

Input flags_input(std::vector<char> flags) {
  Input input;
  input.cell = [flags = std::move(flags)](std::uint32_t i, std::uint32_t) {
    return number(flags[i] != 0 ? 1.0 : 0.0);
  };
  return input;
}

template <class Map>
std::vector<std::string> keys_of(const Map& map) {
  std::vector<std::string> keys;
  keys.reserve(map.size());
  for (const auto& entry : map) keys.push_back(entry.first);
  return keys;
}

bool check_count(const std::string& function, const std::vector<std::string>& words,
                 std::size_t wanted, std::string& error) {
  if (words.size() == wanted) return true;
  error = fmt::format("found {} words in {}(); allowed: {}", words.size(), function, wanted);
  return false;
}

// Who is in which organisations, a bit for each: pairs are many, and names slow to look up.
class Memberships {
 public:
  Memberships(const Candidates& candidates, const std::vector<std::string>& orgs)
      : words_((orgs.size() + word - 1) / word), bits_(candidates.size() * words_) {
    for (std::size_t k = 0; k < orgs.size(); ++k) {
      const auto known = candidates.members.find(orgs[k]);
      if (known == candidates.members.end()) continue;
      for (const auto i : known->second)
        bits_[i * words_ + k / word] |= std::uint64_t{1} << (k % word);
    }
  }

  [[nodiscard]] int shared(std::uint32_t i, std::uint32_t j) const {
    int count = 0;
    for (std::size_t w = 0; w < words_; ++w)
      count += std::popcount(bits_[i * words_ + w] & bits_[j * words_ + w]);
    return count;
  }

 private:
  static constexpr std::size_t word = 64;
  std::size_t words_;
  std::vector<std::uint64_t> bits_;  // shape (candidates, words)
};

// Reads the input for the second of a pair.
Input of_second(Input input) {
  input.second = true;
  input.cell = [cell = std::move(input.cell)](std::uint32_t, std::uint32_t j) {
    return cell(j, j);
  };
  return input;
}

}  // namespace

std::optional<Input> CandidateScope::name(const std::string& name) const {
  const auto derived = derived_.find(name);
  const auto listed = candidates_.columns.find(name);
  const Column* column = nullptr;
  if (derived != derived_.end())
    column = &derived->second;
  else if (listed != candidates_.columns.end())
    column = &listed->second;
  if (column == nullptr) return std::nullopt;
  Input input;
  input.name = name;
  input.column = column;
  input.cell = [column](std::uint32_t i, std::uint32_t) { return (*column)[i]; };
  return input;
}

std::vector<std::string> CandidateScope::names() const {
  auto names = keys_of(candidates_.columns);
  for (const auto& name : keys_of(derived_)) names.push_back(name);
  return names;
}

std::vector<std::string> CandidateScope::functions() const { return {"member", "region", "id"}; }

std::optional<Input> CandidateScope::call(const std::string& function,
                                          const std::vector<std::string>& words,
                                          std::string& error) const {
  if (!check_count(function, words, 1, error)) return std::nullopt;
  const auto& word = words.front();
  std::vector<char> flags(candidates_.size(), 0);
  std::vector<std::string> known;
  bool exists = false;
  if (function == "member") {
    known = keys_of(candidates_.members);
    exists = candidates_.members.contains(word);
    for (std::uint32_t i = 0; i < flags.size(); ++i) flags[i] = candidates_.is_member(word, i);
  } else if (function == "id") {
    known = candidates_.ids;
    exists = candidates_.find(word).has_value();
    if (exists) flags[*candidates_.find(word)] = 1;
  } else {
    for (std::size_t i = 0; i < flags.size(); ++i) {
      for (const auto* region : {&candidates_.regions[i], &candidates_.subregions[i]}) {
        if (*region == word) flags[i] = 1;
        if (!region->empty() && std::find(known.begin(), known.end(), *region) == known.end())
          known.push_back(*region);
      }
      exists |= flags[i] != 0;
    }
  }
  if (!exists && candidates_.complete) {
    const auto* what = function == "member" ? "organisations of data.membership"
                       : function == "id"   ? "ids of data.actors"
                                            : "regions and subregions of data.actors";
    error = unknown_name(word, known, what);
    return std::nullopt;
  }
  return flags_input(std::move(flags));
}

std::optional<Input> PairScope::name(const std::string& name) const {
  const bool first = name.starts_with("a_");
  if (first || name.starts_with("b_")) {
    if (auto input = one_.name(name.substr(2))) {
      input->name = name;
      return first ? std::move(*input) : of_second(std::move(*input));
    }
  }
  const auto& candidates = one_.candidates();
  const auto listed = candidates.pair_columns.find(name);
  if (listed == candidates.pair_columns.end()) return std::nullopt;
  Input input;
  input.name = name;
  input.cell = [&candidates, column = &listed->second](std::uint32_t i, std::uint32_t j) {
    const auto row = candidates.pair(i, j);
    return row ? (*column)[*row] : number(0.0);
  };
  return input;
}

std::vector<std::string> PairScope::names() const {
  auto names = keys_of(one_.candidates().pair_columns);
  for (const auto& name : one_.names()) {
    names.push_back("a_" + name);
    names.push_back("b_" + name);
  }
  return names;
}

std::vector<std::string> PairScope::functions() const {
  std::vector<std::string> names{"shared_orgs", "distance_km"};
  for (const auto& name : one_.functions()) {
    names.push_back("a_" + name);
    names.push_back("b_" + name);
  }
  return names;
}

std::optional<Input> PairScope::call(const std::string& function,
                                     const std::vector<std::string>& words,
                                     std::string& error) const {
  if (function == "shared_orgs") return shared_orgs(words, error);
  if (function == "distance_km")
    return check_count(function, words, 0, error) ? distance(error) : std::nullopt;
  auto input = one_.call(function.substr(2), words, error);
  return input && function.starts_with("b_") ? of_second(std::move(*input)) : std::move(input);
}

std::optional<Input> PairScope::shared_orgs(const std::vector<std::string>& words,
                                            std::string& error) const {
  const auto& candidates = one_.candidates();
  const auto orgs = words.empty() ? keys_of(candidates.members) : words;
  for (const auto& org : orgs) {
    if (candidates.members.contains(org) || !candidates.complete) continue;
    error = unknown_name(org, keys_of(candidates.members), "organisations of data.membership");
    return std::nullopt;
  }
  Input input;
  input.cell = [of = Memberships(candidates, orgs)](std::uint32_t i, std::uint32_t j) {
    return number(static_cast<double>(of.shared(i, j)));
  };
  return input;
}

std::optional<Input> PairScope::distance(std::string& error) const {
  const auto lat = one_.name("capital_lat");
  const auto lon = one_.name("capital_lon");
  if (!lat || !lon) {
    error =
        "found no columns 'capital_lat' and 'capital_lon'; allowed: distance_km() where they exist";
    return std::nullopt;
  }
  Input input;
  input.name = "distance_km";  // so that `missing` can stand in for it
  input.cell = [lat = lat->cell, lon = lon->cell](std::uint32_t i, std::uint32_t j) -> Cell {
    const Cell cells[] = {lat(i, i), lon(i, i), lat(j, j), lon(j, j)};
    for (const auto& cell : cells)
      if (cell.state != Cell::State::number) return cell;
    return number(great_circle_km(cells[0].value, cells[1].value, cells[2].value, cells[3].value));
  };
  return input;
}

double great_circle_km(double lat_a, double lon_a, double lat_b, double lon_b) {
  constexpr double radians = std::numbers::pi / 180.0;
  const double half_lat = std::sin((lat_b - lat_a) * radians / 2.0);
  const double half_lon = std::sin((lon_b - lon_a) * radians / 2.0);
  const double h = half_lat * half_lat +
                   std::cos(lat_a * radians) * std::cos(lat_b * radians) * half_lon * half_lon;
  // Rounding hides the last bits, in which libraries differ.
  return std::round(2.0 * 6371.0 * std::asin(std::sqrt(std::min(1.0, h))));
}

}  // namespace entente::detail
