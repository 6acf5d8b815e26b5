#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "study_parts.hpp"

namespace entente::cli {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// Sums over the rows of one value.
struct Group {
  std::vector<double> outputs;

  [[nodiscard]] double mean() const {
    double sum = 0.0;
    for (const double y : outputs) sum += y;
    return sum / static_cast<double>(outputs.size());
  }
  [[nodiscard]] double error() const {
    const double centre = mean();
    double squares = 0.0;
    for (const double y : outputs) squares += (y - centre) * (y - centre);
    const auto n = static_cast<double>(outputs.size());
    return n < 2.0 ? nan : std::sqrt(squares / (n - 1.0) / n);
  }
};

/// What rows of a parameter are grouped by: its values, unless others take part in these, as of
/// jointly normal parameters; then the levels of the cube.
class Keys {
 public:
  Keys(const StudyTable& table, std::size_t parameter, std::span<const std::size_t> rows)
      : table_(table), parameter_(parameter) {
    if (table.points.empty()) return;
    std::set<double> values, levels;
    for (const auto row : rows) {
      values.insert(at(table.values, row));
      levels.insert(at(table.points, row));
    }
    by_level_ = values.size() > levels.size();
  }

  [[nodiscard]] double of(std::size_t row) const {
    return at(by_level_ ? table_.points : table_.values, row);
  }
  [[nodiscard]] std::string text(double key) const {
    if (by_level_) return fmt::format("quantile {:.3g}", key);
    return value_text(table_.head.parameters[parameter_], key);
  }

 private:
  [[nodiscard]] double at(const std::vector<double>& all, std::size_t row) const {
    return all[row * table_.head.parameters.size() + parameter_];
  }

  const StudyTable& table_;
  std::size_t parameter_;
  bool by_level_ = false;
};

Levels levels_of(const StudyTable& table, std::size_t parameter, std::span<const std::size_t> rows,
                 std::span<const double> output) {
  const Keys keys(table, parameter, rows);
  std::map<double, Group> groups;
  Group all;
  for (const auto row : rows) {
    if (!std::isfinite(output[row])) continue;
    groups[keys.of(row)].outputs.push_back(output[row]);
    all.outputs.push_back(output[row]);
  }
  Levels out{parameter, nan, nan, {}};
  if (all.outputs.empty()) return out;
  const double centre = all.mean();
  double between = 0.0, total = 0.0;
  for (const double y : all.outputs) total += (y - centre) * (y - centre);
  for (const auto& [key, group] : groups) {
    const double mean = group.mean();
    const auto n = group.outputs.size();
    between += static_cast<double>(n) * (mean - centre) * (mean - centre);
    out.means.push_back({key, keys.text(key), n, mean, group.error()});
  }
  const auto n = static_cast<double>(all.outputs.size());
  if (total > 0.0) {
    out.share = between / total;
    out.by_chance = (static_cast<double>(groups.size()) - 1.0) / (n - 1.0);
  }
  return out;
}

}  // namespace

std::vector<Levels> find_levels(const StudyTable& table, std::span<const std::size_t> parameters,
                                std::span<const std::size_t> rows, std::span<const double> output) {
  std::vector<Levels> out;
  for (const auto parameter : parameters) {
    out.push_back(levels_of(table, parameter, rows, output));
  }
  std::stable_sort(out.begin(), out.end(), [](const Levels& a, const Levels& b) {
    return std::isfinite(a.share) && std::isfinite(b.share) && a.share > b.share;
  });
  return out;
}

OneAtATime find_steps(const StudyTable& table, std::span<const double> output,
                      std::span<const double> errors) {
  const StudyHead& head = table.head;
  const std::size_t k = head.parameters.size();
  const std::size_t steps = (head.rows - 1) / k;
  const auto error_of = [&](std::size_t row) { return errors.empty() ? nan : errors[row]; };
  OneAtATime out;
  out.base = output[0];
  out.base_error = error_of(0);
  for (std::size_t i = 0; i < k; ++i) {
    ParameterSteps own{i, nan, {}};
    for (std::size_t s = 0; s < steps; ++s) {
      const std::size_t row = 1 + i * steps + s;
      const double value = table.values[row * k + i];
      const double change = output[row] - out.base;
      own.steps.push_back({value, value_text(head.parameters[i], value), output[row], change,
                           std::hypot(error_of(row), out.base_error)});
      own.largest = std::fmax(own.largest, std::abs(change));
    }
    out.parameters.push_back(std::move(own));
  }
  std::stable_sort(out.parameters.begin(), out.parameters.end(), [](const auto& a, const auto& b) {
    return std::isfinite(a.largest) && (!std::isfinite(b.largest) || a.largest > b.largest);
  });
  return out;
}

}  // namespace entente::cli
