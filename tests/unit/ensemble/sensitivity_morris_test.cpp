#include <gmock/gmock.h>

#include <cmath>
#include <limits>
#include <vector>

#include "entente/ensemble/sensitivity.hpp"
#include "support/study_functions.hpp"

namespace entente {
namespace {

/// Trajectories of steps of 2/3 in three factors, in an order that turns from one to the next.
struct Trajectories {
  explicit Trajectories(std::size_t count, const study::Function& f) {
    for (std::size_t t = 0; t < count; ++t) {
      std::vector<double> point;
      for (std::size_t i = 0; i < 3; ++i) point.push_back(study::uniform(t, i) < 0.5 ? 0.0 : 1.0);
      add(point, f);
      for (std::size_t s = 0; s < 3; ++s) {
        double& moved = point[(s + t) % 3];
        moved += moved < 0.5 ? 2.0 / 3.0 : -2.0 / 3.0;
        add(point, f);
      }
    }
  }
  void add(const std::vector<double>& point, const study::Function& f) {
    x.insert(x.end(), point.begin(), point.end());
    y.push_back(f(point));
  }
  [[nodiscard]] Cases cases() const { return {x, 3, y}; }

  std::vector<double> x, y;
};

TEST(MorrisScreening, OfALinearFunctionHasItsSlopes) {
  const Trajectories path(
      10, [](const std::vector<double>& u) { return 5.0 + 3.0 * u[0] - 2.0 * u[1]; });
  const auto found = morris_screening(path.cases());
  EXPECT_EQ(found.trajectories, 10U);
  const double slopes[]{3.0, -2.0, 0.0};
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(found.factors[i].effects, 10U);
    EXPECT_NEAR(found.factors[i].mu, slopes[i], 1e-12);
    EXPECT_NEAR(found.factors[i].mu_star, std::fabs(slopes[i]), 1e-12);
    EXPECT_NEAR(found.factors[i].sigma, 0.0, 1e-12);
    EXPECT_NEAR(found.factors[i].mu_error, 0.0, 1e-12);
    EXPECT_NEAR(found.factors[i].sigma_error, 0.0, 1e-12);
  }
}

TEST(MorrisScreening, TellsCancellingEffectsFromNone) {
  // One factor; effects 1, -1, 3, -3: mean 0, absolute 2, variance 20/3.
  const std::vector<double> x{0, 1, 0, 1, 0, 1, 0, 1};
  const std::vector<double> y{0, 1, 0, -1, 0, 3, 0, -3};
  const auto found = morris_screening({x, 1, y}).factors[0];
  EXPECT_NEAR(found.mu, 0.0, 1e-12);
  EXPECT_NEAR(found.mu_star, 2.0, 1e-12);
  EXPECT_NEAR(found.sigma, std::sqrt(20.0 / 3.0), 1e-12);
  EXPECT_NEAR(found.mu_error, std::sqrt(20.0 / 3.0 / 4.0), 1e-12);
  EXPECT_NEAR(found.mu_star_error, std::sqrt(4.0 / 3.0 / 4.0), 1e-12);
  // Without 1 or -1: -1, 3, -3 has variance 28/3; without 3 or -3: 1, -1, -3 has 4.
  const double far = std::sqrt(28.0 / 3.0), near = 2.0;
  EXPECT_NEAR(found.sigma_error, std::sqrt(3.0 / 4.0 * (far - near) * (far - near)), 1e-12);
}

TEST(MorrisScreening, ErrorsOfSigmaAreWhatRepetitionShows) {
  // Effects are standard normal: sigma of 50 of them has standard deviation 0.1015.
  double sum = 0.0, squares = 0.0, error = 0.0;
  constexpr std::size_t studies = 1000;
  for (std::size_t s = 0; s < studies; ++s) {
    std::vector<double> x, y;
    for (std::size_t t = 0; t < 50; ++t) {
      x.insert(x.end(), {0.0, 1.0});
      y.insert(y.end(), {0.0, study::normal(t, 0, s + 1)});
    }
    const auto found = morris_screening({x, 1, y}).factors[0];
    sum += found.sigma;
    squares += found.sigma * found.sigma;
    error += found.sigma_error / double{studies};
  }
  const double mean = sum / double{studies};
  EXPECT_NEAR(std::sqrt(squares / double{studies} - mean * mean), error, 0.01);
}

TEST(MorrisScreening, SeesInteractions) {
  const Trajectories path(20, [](const std::vector<double>& u) { return u[0] * u[1] + u[2]; });
  const auto found = morris_screening(path.cases());
  EXPECT_GT(found.factors[0].sigma, 0.2);
  EXPECT_GT(found.factors[1].sigma, 0.2);
  EXPECT_NEAR(found.factors[2].sigma, 0.0, 1e-12);
}

TEST(MorrisScreening, LeavesOutEffectsWithAMissingEnd) {
  Trajectories path(5, [](const std::vector<double>& u) { return u[0]; });
  path.y[0] = std::numeric_limits<double>::quiet_NaN();  // its first step changes factor 0
  path.y[6] = std::numeric_limits<double>::infinity();   // between its steps in factors 2 and 0
  const auto found = morris_screening(path.cases());
  EXPECT_EQ(found.dropped, 3U);
  EXPECT_EQ(found.factors[0].effects + found.factors[1].effects + found.factors[2].effects, 12U);
  EXPECT_NEAR(found.factors[0].mu, 1.0, 1e-12);
}

TEST(MorrisScreening, RefusesWhatIsNoTrajectory) {
  const std::vector<double> y(3);
  const auto message = [&](const std::vector<double>& x) -> std::string {
    try {
      (void)morris_screening({x, 2, y});
    } catch (const std::invalid_argument& e) {
      return e.what();
    }
    return {};
  };
  EXPECT_EQ(message({0, 0, 1, 0, 1, 1}), "");
  EXPECT_THAT(message({0, 0, 1, 1, 1, 0}), testing::HasSubstr("row 1: found several factors"));
  EXPECT_THAT(message({0, 0, 1, 0, 1, 0}), testing::HasSubstr("row 2: found no factor"));
  EXPECT_THAT(message({0, 0, 1, 0, 0, 0}),
              testing::HasSubstr("row 2: found a factor that changes"));
  EXPECT_THAT(message({0, 0, 1, 0}), testing::HasSubstr("unlike numbers of rows"));
  EXPECT_THROW((void)morris_screening({y, 3, std::span(y).first(1)}), std::invalid_argument);
}

}  // namespace
}  // namespace entente
