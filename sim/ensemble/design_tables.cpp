// Designs without structure beyond their table: grid, list, random, one at a time.

#include "ensemble/point_source.hpp"

namespace entente::detail {
namespace {

class GridSource final : public PointSource {
 public:
  GridSource(const GridDesign& design, std::size_t factors)
      : levels_(design.levels.size() == 1 ? std::vector<std::size_t>(factors, design.levels[0])
                                          : design.levels),
        placement_(design.placement) {}

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    const auto at = levels_at(row);
    std::vector<double> point(at.size());
    for (std::size_t f = 0; f < at.size(); ++f) point[f] = position(at[f], levels_[f]);
    return point;
  }
  [[nodiscard]] RowPlace place(std::size_t row) const override { return GridPlace{levels_at(row)}; }

 private:
  [[nodiscard]] std::vector<std::size_t> levels_at(std::size_t row) const {
    std::vector<std::size_t> at(levels_.size());
    for (std::size_t f = levels_.size(); f-- > 0; row /= levels_[f]) at[f] = row % levels_[f];
    return at;
  }

  [[nodiscard]] double position(std::size_t level, std::size_t of) const {
    const auto i = static_cast<double>(level);
    if (placement_ == GridDesign::Placement::middles || of == 1) {
      return (i + 0.5) / static_cast<double>(of);
    }
    return i / static_cast<double>(of - 1);
  }

  std::vector<std::size_t> levels_;
  GridDesign::Placement placement_;
};

class ListSource final : public PointSource {
 public:
  ListSource(const ListDesign& design, std::size_t factors)
      : values_(design.values), factors_(factors) {}

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    const auto* first = values_.data() + row * factors_;
    return {first, first + factors_};
  }
  [[nodiscard]] RowPlace place(std::size_t) const override { return {}; }

 private:
  std::vector<double> values_;
  std::size_t factors_;
};

class RandomSource final : public PointSource {
 public:
  RandomSource(const RandomDesign& design, std::size_t factors)
      : seed_(design.seed), factors_(factors) {}

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    std::vector<double> point(factors_);
    for (std::size_t f = 0; f < factors_; ++f) {
      point[f] = random::uniform(random::word(seed_, static_cast<std::uint32_t>(f), 0,
                                              stream_of(DesignDraw::random),
                                              static_cast<std::uint32_t>(row)));
    }
    return point;
  }
  [[nodiscard]] RowPlace place(std::size_t) const override { return {}; }

 private:
  std::uint64_t seed_;
  std::size_t factors_;
};

class OneAtATimeSource final : public PointSource {
 public:
  OneAtATimeSource(const OneAtATimeDesign& design, std::size_t factors)
      : base_(spread(design.base, factors)),
        low_(spread(design.low, factors)),
        high_(spread(design.high, factors)),
        steps_(design.steps) {}

  [[nodiscard]] std::vector<double> point(std::size_t row) const override {
    std::vector<double> point = base_;
    const OneAtATimePlace at = place_of(row);
    if (at.factor) point[*at.factor] = step(*at.factor, at.step);
    return point;
  }
  [[nodiscard]] RowPlace place(std::size_t row) const override { return place_of(row); }

 private:
  [[nodiscard]] static std::vector<double> spread(const std::vector<double>& given,
                                                  std::size_t factors) {
    return given.size() == 1 ? std::vector<double>(factors, given[0]) : given;
  }

  [[nodiscard]] OneAtATimePlace place_of(std::size_t row) const {
    if (row == 0) return {};
    return {(row - 1) / steps_, (row - 1) % steps_};
  }

  [[nodiscard]] double step(std::size_t f, std::size_t s) const {
    if (s + 1 == steps_) return high_[f];
    const double part = static_cast<double>(s) / static_cast<double>(steps_ - 1);
    return low_[f] + part * (high_[f] - low_[f]);
  }

  std::vector<double> base_, low_, high_;
  std::size_t steps_;
};

}  // namespace

Source make_source(const GridDesign& design, std::size_t factors) {
  return std::make_shared<GridSource>(design, factors);
}

Source make_source(const ListDesign& design, std::size_t factors) {
  return std::make_shared<ListSource>(design, factors);
}

Source make_source(const RandomDesign& design, std::size_t factors) {
  return std::make_shared<RandomSource>(design, factors);
}

Source make_source(const OneAtATimeDesign& design, std::size_t factors) {
  return std::make_shared<OneAtATimeSource>(design, factors);
}

}  // namespace entente::detail
