// relations: alignment W and rivalry V.
#include <algorithm>
#include <numeric>

#include "io/scenario/scalars.hpp"
#include "io/scenario/world.hpp"

namespace entente::detail {

namespace {

void override_pairs(World& world, const Place& rows, std::vector<double>& dense, double max) {
  const auto n = world.selected.size();
  for (std::size_t e = 0; rows && e < rows->keys.size(); ++e) {
    const auto columns = rows.entry(e);
    const auto i = world.actor(rows->keys[e], rows->key_marks[e], columns.path, true);
    if (columns->bad || !columns->is_mapping()) continue;
    for (std::size_t c = 0; c < columns->keys.size(); ++c) {
      const auto value = columns.entry(c);
      const auto j = world.actor(columns->keys[c], columns->key_marks[c], value.path, true);
      if (!i || !j || value->bad) continue;
      if (*i == *j) {
        world.problems.add(value, "found a relation of an actor to itself; allowed: two actors");
      } else if (const double number = number_or(value, 0.0); number > max) {
        world.problems.add(value, "found '" + value.text() + "'; allowed: 0 to 1 [1]");
      } else {
        dense[*i * n + *j] = number;
      }
    }
  }
}

// Keeps the `top` largest entries of each row; of equal ones those of earlier actors.
void keep_largest(std::vector<double>& dense, std::size_t n, std::size_t top) {
  std::vector<std::size_t> order(n);
  for (std::size_t i = 0; i < n && top < n; ++i) {
    auto* row = dense.data() + i * n;
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [row](std::size_t a, std::size_t b) { return row[a] > row[b]; });
    for (std::size_t k = top; k < n; ++k) row[order[k]] = 0.0;
  }
}

std::optional<std::vector<double>> read_relation(World& world, const Place& place, double max) {
  const PairScope scope(world.scope);
  if (!place.find("value")) return std::nullopt;
  auto dense = world.rules.over_pairs(world.selected, place, scope, {0.0, max, ""});
  if (dense) override_pairs(world, place.find("override"), *dense, max);
  return dense;
}

}  // namespace

void read_relations(World& world) {
  const auto n = world.selected.size();
  const auto relations = world.root.find("relations");
  world.model.alignment = Relation(n);
  world.model.rivalry = Relation(n);
  if (n == 0) return;
  const auto alignment = relations.find("alignment");
  if (alignment) {
    if (auto dense = read_relation(world, alignment, 1e30)) {
      if (const auto top = alignment.find("top"))
        keep_largest(*dense, n, static_cast<std::size_t>(parse_integer(top.text()).value_or(n)));
      world.model.alignment = Relation::normalised(n, *dense);
    }
  }
  if (const auto rivalry = relations.find("rivalry"))
    if (const auto dense = read_relation(world, rivalry, 1.0))
      world.model.rivalry = Relation::scaled(n, *dense);
}

}  // namespace entente::detail
