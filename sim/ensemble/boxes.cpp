#include "ensemble/boxes.hpp"

#include <algorithm>
#include <boost/math/distributions/binomial.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <string>
#include <utility>

namespace entente {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

/// P(X >= hits), X binomial.
double upper_tail(std::size_t rows, double chance, double hits) {
  if (hits <= 0.0) return 1.0;
  const boost::math::binomial_distribution<double> binomial(static_cast<double>(rows), chance);
  return boost::math::cdf(boost::math::complement(binomial, hits - 1.0));
}

std::string problems_of(const PrimOptions& options, std::size_t factors) {
  std::string out;
  if (!(options.peel > 0.0 && options.peel < 1.0)) out += "; peel has to be between 0 and 1";
  if (!(options.paste >= 0.0 && options.paste < 1.0)) out += "; paste has to be in [0, 1)";
  if (!(options.min_mass >= 0.0 && options.min_mass <= 1.0))
    out += "; min_mass has to be in [0, 1]";
  if (!options.kinds.empty() && options.kinds.size() != factors) {
    out += "; kinds have to be one per factor or none";
  }
  return out;
}

}  // namespace

bool Limits::restricts() const {
  return low > -std::numeric_limits<double>::infinity() ||
         high < std::numeric_limits<double>::infinity() || !excluded.empty();
}

bool Limits::allows(double x) const {
  return x >= low && x <= high && !std::binary_search(excluded.begin(), excluded.end(), x);
}

bool Box::contains(std::span<const double> x) const {
  if (x.size() != limits.size())
    throw std::invalid_argument("box: found another number of factors");
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (!limits[i].allows(x[i])) return false;
  }
  return true;
}

namespace detail {

BoxCases::BoxCases(const Cases& cases, const PrimOptions& options) {
  cases.check();
  std::string problems = problems_of(options, cases.factors);
  columns_.resize(cases.factors);
  for (std::size_t n = 0; n < cases.y.size(); ++n) {
    if (!cases.complete(n)) continue;
    for (std::size_t i = 0; i < cases.factors; ++i) columns_[i].push_back(cases.row(n)[i]);
    y_.push_back(cases.y[n]);
    hits_ += y_.back();
    all_or_nothing_ = all_or_nothing_ && (y_.back() == 0.0 || y_.back() == 1.0);
  }
  if (std::any_of(y_.begin(), y_.end(), [](double y) { return y < 0.0 || y > 1.0; })) {
    problems += "; outputs have to be in [0, 1]";
  }
  if (!problems.empty()) throw std::invalid_argument("prim: " + problems.substr(2));
  for (const auto& column : columns_) {
    auto& order = orders_.emplace_back(column.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return column[a] != column[b] ? column[a] < column[b] : a < b;
    });
  }
}

std::vector<std::uint32_t> BoxCases::violations(std::span<const Limits> limits) const {
  std::vector<std::uint32_t> out(rows());
  for (std::size_t i = 0; i < limits.size(); ++i) {
    if (!limits[i].restricts()) continue;
    for (std::size_t n = 0; n < rows(); ++n) out[n] += limits[i].allows(columns_[i][n]) ? 0U : 1U;
  }
  return out;
}

Box BoxCases::measure(std::vector<Limits> limits) const {
  if (limits.size() != factors()) {
    throw std::invalid_argument("box: found another number of limits than of factors");
  }
  Box box;
  box.limits = std::move(limits);
  const auto out = violations(box.limits);
  for (std::size_t n = 0; n < rows(); ++n) {
    if (out[n] != 0) continue;
    ++box.rows;
    box.hits += y_[n];
  }
  const auto size = static_cast<double>(box.rows);
  box.coverage = hits_ > 0.0 ? box.hits / hits_ : nan;
  box.density = box.rows > 0 ? box.hits / size : nan;
  box.mass = rows() > 0 ? size / static_cast<double>(rows()) : nan;
  box.quasi_p.assign(factors(), nan);
  for (std::size_t i = 0; i < factors(); ++i) {
    if (!box.limits[i].restricts()) continue;
    ++box.restricted;
    if (box.rows == 0 || !all_or_nothing_) continue;
    double wider_rows = size, wider_hits = box.hits;
    for (std::size_t n = 0; n < rows(); ++n) {
      if (out[n] != 1 || box.limits[i].allows(columns_[i][n])) continue;
      wider_rows += 1.0;
      wider_hits += y_[n];
    }
    box.quasi_p[i] = upper_tail(box.rows, wider_hits / wider_rows, box.hits);
  }
  return box;
}

double BoxCases::hits_of(std::span<const std::uint32_t> rows) const {
  double sum = 0.0;
  for (const auto row : rows) sum += y_[row];
  return sum;
}

std::size_t BoxCases::end_of_tie(std::size_t factor, std::span<const std::uint32_t> line,
                                 std::size_t at) const {
  const double value = x(factor, line[at]);
  while (at < line.size() && x(factor, line[at]) == value) ++at;
  return at;
}

void BestChange::offer(Change change, double score) {
  if (change_ && (score < score_ || (score == score_ && change.rows <= change_->rows))) return;
  score_ = score;
  change_ = std::move(change);
}

std::size_t step_of(double share, std::size_t rows) {
  return std::max<std::size_t>(1, static_cast<std::size_t>(share * static_cast<double>(rows)));
}

double limit_between(double stays, double goes) {
  const double middle = goes + (stays - goes) / 2.0;
  return middle == goes ? stays : middle;
}

}  // namespace detail

Box measure_box(const Cases& cases, std::vector<Limits> limits) {
  return detail::BoxCases(cases, {}).measure(std::move(limits));
}

std::size_t densest_box(std::span<const Box> boxes, double least_coverage) {
  if (boxes.empty()) throw std::invalid_argument("densest_box: found no boxes");
  const auto better = [](const Box& a, const Box& b) {
    if (a.density != b.density) return a.density > b.density;
    if (a.restricted != b.restricted) return a.restricted < b.restricted;
    return a.coverage > b.coverage;
  };
  std::size_t best = boxes.size();
  for (std::size_t place = 0; place < boxes.size(); ++place) {
    if (!(boxes[place].coverage >= least_coverage)) continue;
    if (best == boxes.size() || better(boxes[place], boxes[best])) best = place;
  }
  return best == boxes.size() ? 0 : best;
}

std::size_t knee_box(std::span<const Box> boxes) {
  if (boxes.empty()) throw std::invalid_argument("knee_box: found no boxes");
  double least_coverage = 1.0, most_density = boxes[0].density;
  for (const auto& box : boxes) {
    least_coverage = std::min(least_coverage, box.coverage);
    most_density = std::max(most_density, box.density);
  }
  const double gain = most_density - boxes[0].density, loss = 1.0 - least_coverage;
  if (!(gain > 0.0)) return 0;
  std::size_t best = 0;
  double best_height = 0.0;
  for (std::size_t place = 0; place < boxes.size(); ++place) {
    const double height = (boxes[place].density - boxes[0].density) / gain -
                          (loss > 0.0 ? (1.0 - boxes[place].coverage) / loss : 0.0);
    const bool fewer = boxes[place].restricted < boxes[best].restricted;
    if (height < best_height || (height == best_height && !fewer)) continue;
    best = place;
    best_height = height;
  }
  return best;
}

}  // namespace entente
