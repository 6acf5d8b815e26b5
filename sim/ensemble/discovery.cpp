#include "entente/ensemble/discovery.hpp"

#include <algorithm>
#include <utility>

#include "ensemble/boxes.hpp"

namespace entente {
namespace {

using detail::Change;
using detail::Line;

/// A box that shrinks peel by peel.
class Peeling {
 public:
  Peeling(const detail::BoxCases& cases, const PrimOptions& options)
      : cases_(cases),
        options_(options),
        box_(cases.measure(std::vector<Limits>(cases.factors()))) {
    for (std::size_t i = 0; i < cases.factors(); ++i) lines_.push_back(cases.order(i));
  }

  [[nodiscard]] const Box& box() const { return box_; }

  /// Takes the best peel; false where none is allowed.
  bool peel() {
    best_.clear();
    if (box_.hits <= 0.0 || box_.hits >= static_cast<double>(box_.rows)) return false;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (detail::is_category(options_, i)) {
        peel_values(i);
      } else {
        peel_ends(i);
      }
    }
    if (!best_.change()) return false;
    const Change& best = *best_.change();
    for (auto& line : lines_) {
      std::erase_if(
          line, [&](std::uint32_t row) { return !best.limits.allows(cases_.x(best.factor, row)); });
    }
    auto limits = box_.limits;
    limits[best.factor] = best.limits;
    box_ = cases_.measure(std::move(limits));
    return true;
  }

 private:
  void peel_ends(std::size_t i) {
    const Line& line = lines_[i];
    const std::size_t n = line.size(), m = detail::step_of(options_.peel, n);
    const auto value = [&](std::size_t at) { return cases_.x(i, line[at]); };
    if (m >= n || value(0) == value(n - 1)) return;
    std::size_t cut = m;  // rows that go at the low end
    while (cut > 0 && value(cut - 1) == value(m)) --cut;
    if (cut == 0) cut = cases_.end_of_tie(i, line, 0);
    Limits limits = box_.limits[i];
    limits.low = detail::limit_between(value(cut), value(cut - 1));
    offer(i, std::move(limits), std::span(line).first(cut));
    cut = m;  // and at the high end
    while (cut > 0 && value(n - cut) == value(n - 1 - m)) --cut;
    while (cut == 0 || value(n - cut) == value(n - 1 - cut)) ++cut;
    limits = box_.limits[i];
    limits.high = detail::limit_between(value(n - 1 - cut), value(n - cut));
    offer(i, std::move(limits), std::span(line).last(cut));
  }

  void peel_values(std::size_t i) {
    const Line& line = lines_[i];
    for (std::size_t first = 0; first < line.size();) {
      const std::size_t end = cases_.end_of_tie(i, line, first);
      const double value = cases_.x(i, line[first]);
      Limits limits = box_.limits[i];
      limits.excluded.insert(
          std::lower_bound(limits.excluded.begin(), limits.excluded.end(), value), value);
      offer(i, std::move(limits), std::span(line).subspan(first, end - first));
      first = end;
    }
  }

  void offer(std::size_t i, Limits limits, std::span<const std::uint32_t> gone) {
    const std::size_t rows = box_.rows - gone.size();
    const double least = options_.min_mass * static_cast<double>(cases_.rows());
    if (rows == 0 || static_cast<double>(rows) < least) return;
    Change change{i, std::move(limits), rows, box_.hits - cases_.hits_of(gone)};
    double score = change.density();
    if (options_.by == PeelBy::density_per_row) {
      score = (score - box_.density) / static_cast<double>(gone.size());
    }
    best_.offer(std::move(change), score);
  }

  const detail::BoxCases& cases_;
  const PrimOptions& options_;
  Box box_;
  std::vector<Line> lines_;  ///< by factor, rows in the box
  detail::BestChange best_;
};

}  // namespace

PrimTrajectory prim(const Cases& cases, const PrimOptions& options) {
  const detail::BoxCases complete(cases, options);
  PrimTrajectory out;
  out.rows = complete.rows();
  out.dropped = cases.y.size() - out.rows;
  out.hits = complete.hits();
  Peeling peeling(complete, options);
  do {
    out.boxes.push_back(peeling.box());
  } while (peeling.peel());
  Box last = detail::pasted(complete, options, out.boxes.back());
  const auto& before = out.boxes.back();
  out.pasted = last.rows != before.rows || last.restricted != before.restricted;
  if (out.pasted) out.boxes.push_back(std::move(last));
  return out;
}

Box paste(const Cases& cases, Box box, const PrimOptions& options) {
  const detail::BoxCases complete(cases, options);
  return detail::pasted(complete, options, complete.measure(std::move(box.limits)));
}

}  // namespace entente
