#include "entente/model/relation.hpp"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <string>

namespace entente {
namespace {

struct Triplet {
  std::uint32_t row;
  std::uint32_t column;
  std::int32_t weight;
};

// A share of a row before rounding: whole units and what is left over.
struct Share {
  std::uint32_t column;
  std::int32_t units;
  double remainder;
};

std::string place(std::size_t i, std::size_t j) {
  return "relation[" + std::to_string(i) + "][" + std::to_string(j) + "]: ";
}

void check_dense(std::size_t actors, std::span<const double> dense) {
  if (dense.size() != actors * actors) {
    throw std::invalid_argument("relation: found " + std::to_string(dense.size()) +
                                " numbers; allowed: " + std::to_string(actors * actors));
  }
  for (std::size_t i = 0; i < actors; ++i) {
    for (std::size_t j = 0; j < actors; ++j) {
      const double w = dense[i * actors + j];
      if (!(w >= 0.0 && w <= std::numeric_limits<double>::max())) {
        throw std::invalid_argument(place(i, j) + "allowed: finite numbers of 0 or more");
      }
      if (i == j && w != 0.0) throw std::invalid_argument(place(i, j) + "allowed: 0");
    }
  }
}

// Shares of the positive entries of a row, summing to relation_unit.
std::vector<Share> shares(std::span<const double> row) {
  // Summed in ascending order, so that the shares do not depend on the numbering of actors; taken
  // relative to the largest, so that the sum stays finite.
  std::vector<double> positive;
  for (const double w : row) {
    if (w > 0.0) positive.push_back(w);
  }
  if (positive.empty()) return {};
  std::sort(positive.begin(), positive.end());
  const double largest = positive.back();
  double sum = 0.0;
  for (const double w : positive) sum += w / largest;

  std::vector<Share> result;
  std::int32_t left = relation_unit;
  for (std::size_t j = 0; j < row.size(); ++j) {
    if (row[j] <= 0.0) continue;
    const double exact = row[j] / largest / sum * relation_unit;
    const auto units = static_cast<std::int32_t>(exact);
    result.push_back({static_cast<std::uint32_t>(j), units, exact - units});
    left -= units;
  }
  std::sort(result.begin(), result.end(), [](const Share& a, const Share& b) {
    return a.remainder != b.remainder ? a.remainder > b.remainder : a.column < b.column;
  });
  for (auto& share : result) {
    if (left == 0) break;
    ++share.units;
    --left;
  }
  return result;
}

std::int32_t nearest_units(double w, std::size_t i, std::size_t j) {
  const double exact = w * relation_unit;
  if (exact >= std::numeric_limits<std::int32_t>::max()) {
    throw std::invalid_argument(place(i, j) + "allowed: numbers below 65536");
  }
  const auto units = static_cast<std::int32_t>(exact);
  return exact - units >= 0.5 ? units + 1 : units;
}

// Splits (row, column, weight) into the three lists of from_triplets.
Relation collect(std::size_t actors, const std::vector<Triplet>& triplets) {
  std::vector<std::uint32_t> rows, columns;
  std::vector<std::int32_t> weights;
  rows.reserve(triplets.size());
  columns.reserve(triplets.size());
  weights.reserve(triplets.size());
  for (const auto& t : triplets) {
    rows.push_back(t.row);
    columns.push_back(t.column);
    weights.push_back(t.weight);
  }
  return Relation::from_triplets(actors, rows, columns, weights);
}

void check_triplet(const Triplet& t, std::size_t actors) {
  if (t.row >= actors || t.column >= actors) {
    throw std::invalid_argument(place(t.row, t.column) + "allowed: indices below " +
                                std::to_string(actors));
  }
  if (t.row == t.column) throw std::invalid_argument(place(t.row, t.column) + "allowed: 0");
  if (t.weight < 0) throw std::invalid_argument(place(t.row, t.column) + "allowed: 0 or more");
}

std::int32_t checked_sum(std::int32_t a, std::int32_t b, std::uint32_t row) {
  const std::int64_t sum = std::int64_t{a} + b;
  if (sum > std::numeric_limits<std::int32_t>::max()) {
    throw std::invalid_argument("relation: row " + std::to_string(row) +
                                " sums to more than 65536");
  }
  return static_cast<std::int32_t>(sum);
}

}  // namespace

Relation::Relation(std::size_t actors) : start_(actors + 1, 0), row_sum_(actors, 0) {}

Relation Relation::normalised(std::size_t actors, std::span<const double> dense) {
  check_dense(actors, dense);
  std::vector<Triplet> triplets;
  for (std::size_t i = 0; i < actors; ++i) {
    for (const auto& share : shares(dense.subspan(i * actors, actors))) {
      triplets.push_back({static_cast<std::uint32_t>(i), share.column, share.units});
    }
  }
  return collect(actors, triplets);
}

Relation Relation::scaled(std::size_t actors, std::span<const double> dense) {
  check_dense(actors, dense);
  std::vector<Triplet> triplets;
  for (std::size_t i = 0; i < actors; ++i) {
    for (std::size_t j = 0; j < actors; ++j) {
      const std::int32_t units = nearest_units(dense[i * actors + j], i, j);
      if (units > 0) {
        triplets.push_back({static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(j), units});
      }
    }
  }
  return collect(actors, triplets);
}

Relation Relation::from_triplets(std::size_t actors, std::span<const std::uint32_t> rows,
                                 std::span<const std::uint32_t> columns,
                                 std::span<const std::int32_t> weights) {
  if (rows.size() != columns.size() || rows.size() != weights.size()) {
    throw std::invalid_argument("relation: rows, columns and weights differ in length");
  }
  // Into columns by counting; a column is short enough to sort.
  Relation result(actors);
  for (std::size_t x = 0; x < rows.size(); ++x) {
    check_triplet({rows[x], columns[x], weights[x]}, actors);
    auto& sum = result.row_sum_[rows[x]];
    sum = checked_sum(sum, weights[x], rows[x]);
    if (weights[x] != 0) ++result.start_[columns[x] + 1];
  }
  for (std::size_t j = 0; j < actors; ++j) result.start_[j + 1] += result.start_[j];
  std::vector<Entry> given(result.start_.back());
  std::vector<std::size_t> next = result.start_;
  for (std::size_t x = 0; x < rows.size(); ++x) {
    if (weights[x] != 0) given[next[columns[x]]++] = {rows[x], weights[x]};
  }
  result.entries_.reserve(given.size());
  for (std::size_t j = 0; j < actors; ++j) {
    const std::span<Entry> column(given.data() + result.start_[j],
                                  given.data() + result.start_[j + 1]);
    std::sort(column.begin(), column.end(),
              [](const Entry& a, const Entry& b) { return a.row < b.row; });
    result.start_[j] = result.entries_.size();
    for (const auto& entry : column) {
      const bool again =
          result.entries_.size() > result.start_[j] && result.entries_.back().row == entry.row;
      if (again) {
        result.entries_.back().weight += entry.weight;
      } else {
        result.entries_.push_back(entry);
      }
    }
  }
  result.start_[actors] = result.entries_.size();
  return result;
}

std::int32_t Relation::weight(std::size_t i, std::size_t j) const {
  const auto entries = column(j);
  const auto found = std::lower_bound(entries.begin(), entries.end(), i,
                                      [](const Entry& e, std::size_t row) { return e.row < row; });
  return found != entries.end() && found->row == i ? found->weight : 0;
}

}  // namespace entente
