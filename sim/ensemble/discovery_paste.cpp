#include <algorithm>
#include <limits>
#include <utility>

#include "ensemble/boxes.hpp"

namespace entente::detail {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// A box that grows paste by paste.
class Pasting {
 public:
  Pasting(const BoxCases& cases, const PrimOptions& options, Box box)
      : cases_(cases), options_(options) {
    set(std::move(box.limits));
  }

  [[nodiscard]] const Box& box() const { return box_; }

  /// Lifts limits that keep out no row that the others let in.
  void lift() {
    for (std::size_t i = 0; i < cases_.factors(); ++i) {
      Limits limits = box_.limits[i];
      if (!limits.restricts()) continue;
      const auto none = [&](auto&& keeps_out) {
        return std::none_of(lines_[i].begin(), lines_[i].end(),
                            [&](std::uint32_t row) { return keeps_out(cases_.x(i, row)); });
      };
      if (none([&](double x) { return x < limits.low; })) limits.low = -infinity;
      if (none([&](double x) { return x > limits.high; })) limits.high = infinity;
      std::erase_if(limits.excluded,
                    [&](double value) { return none([&](double x) { return x == value; }); });
      apply(i, std::move(limits));
    }
  }

  /// Takes the best paste of this many rows; false where all lower the density.
  bool paste(std::size_t step) {
    best_.clear();
    for (std::size_t i = 0; i < cases_.factors(); ++i) {
      if (is_category(options_, i)) {
        paste_values(i);
      } else {
        paste_ends(i, step);
      }
    }
    if (!best_.change()) return false;
    apply(best_.change()->factor, best_.change()->limits);
    return true;
  }

 private:
  void apply(std::size_t i, Limits limits) {
    auto all = box_.limits;
    all[i] = std::move(limits);
    set(std::move(all));
  }

  void set(std::vector<Limits> limits) {
    box_ = cases_.measure(std::move(limits));
    const auto out = cases_.violations(box_.limits);
    lines_.assign(cases_.factors(), {});
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      if (!box_.limits[i].restricts()) continue;
      for (const auto row : cases_.order(i)) {
        if (out[row] == 1 && !box_.limits[i].allows(cases_.x(i, row))) lines_[i].push_back(row);
      }
    }
  }

  void paste_ends(std::size_t i, std::size_t step) {
    const Line& line = lines_[i];
    const auto value = [&](std::size_t at) { return cases_.x(i, line[at]); };
    std::size_t below = 0;
    while (below < line.size() && value(below) < box_.limits[i].low) ++below;
    if (below > 0) {
      std::size_t from = below - std::min(step, below);
      while (from > 0 && value(from - 1) == value(from)) --from;
      Limits limits = box_.limits[i];
      limits.low = from > 0 ? limit_between(value(from), value(from - 1)) : -infinity;
      offer(i, std::move(limits), std::span(line).subspan(from, below - from));
    }
    if (below < line.size()) {
      const std::size_t end = cases_.end_of_tie(i, line, std::min(below + step, line.size()) - 1);
      Limits limits = box_.limits[i];
      limits.high = end < line.size() ? limit_between(value(end - 1), value(end)) : infinity;
      offer(i, std::move(limits), std::span(line).subspan(below, end - below));
    }
  }

  void paste_values(std::size_t i) {
    const Line& line = lines_[i];
    for (std::size_t first = 0; first < line.size();) {
      const std::size_t end = cases_.end_of_tie(i, line, first);
      Limits limits = box_.limits[i];
      std::erase(limits.excluded, cases_.x(i, line[first]));
      offer(i, std::move(limits), std::span(line).subspan(first, end - first));
      first = end;
    }
  }

  void offer(std::size_t i, Limits limits, std::span<const std::uint32_t> added) {
    Change change{i, std::move(limits), box_.rows + added.size(),
                  box_.hits + cases_.hits_of(added)};
    const double density = change.density();
    if (density >= box_.density) best_.offer(std::move(change), density);
  }

  const BoxCases& cases_;
  const PrimOptions& options_;
  Box box_;
  std::vector<Line> lines_;  ///< by factor, rows that it alone keeps out
  BestChange best_;
};

}  // namespace

Box pasted(const BoxCases& cases, const PrimOptions& options, Box box) {
  Pasting pasting(cases, options, std::move(box));
  pasting.lift();
  for (std::size_t step = step_of(options.paste, pasting.box().rows); step > 0;) {
    if (pasting.paste(step)) {
      step = step_of(options.paste, pasting.box().rows);
    } else {
      step /= 2;
    }
  }
  return pasting.box();
}

}  // namespace entente::detail
