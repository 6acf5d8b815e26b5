#include <gmock/gmock.h>

#include <limits>
#include <string>
#include <vector>

#include "entente/ensemble/sensitivity.hpp"
#include "support/study_functions.hpp"

namespace entente {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
const std::vector<std::string> two{"cover", "exposure"};

TEST(SensitivityNotes, SayWhatSobolIndicesLack) {
  const auto f = [](const std::vector<double>& u) { return u[0] + u[1]; };
  auto outputs = study::saltelli_outputs(50, 2, false, study::random_points(4), f);
  outputs[3] = nan;
  EXPECT_THAT(notes(sobol_indices(outputs, 2, false), two),
              ElementsAre(HasSubstr("1 of 50 blocks"), HasSubstr("settled")));
  EXPECT_THAT(notes(sobol_indices(outputs, 2, false, {.resamples = 0}), two),
              ElementsAre(HasSubstr("1 of 50 blocks")));
  EXPECT_THAT(notes(sobol_indices(std::vector<double>(8, 1.0), 2, false), two),
              ElementsAre(HasSubstr("does not vary")));
  EXPECT_THAT(notes(sobol_indices({}, 2, false), two), ElementsAre(HasSubstr("0 whole blocks")));
  EXPECT_THROW((void)notes(sobol_indices({}, 3, false), two), std::invalid_argument);
}

TEST(SensitivityNotes, SayWhenResamplesDoNotVary) {
  // Only one of four blocks differs, which some resamples miss.
  std::vector<double> outputs(16, 1.0);
  outputs[0] = 2.0;
  const auto found = sobol_indices(outputs, 2, false);
  EXPECT_NEAR(static_cast<double>(found.resamples), 1000.0 * (1.0 - 81.0 / 256.0), 60.0);
  EXPECT_THAT(notes(found, two), testing::Contains(HasSubstr("of 1000 resamples only")));
}

TEST(SensitivityNotes, SayWhatAVarianceSplitLacks) {
  EXPECT_THAT(notes(chance_share(std::vector<PointSummary>{{1, 1, 3}, {2, 1, 3}, {9, 0, 1}})),
              ElementsAre(HasSubstr("1 of 3 points")));
  EXPECT_THAT(notes(chance_share(std::vector<PointSummary>{{1, 1, 3}, {1, 1, 3}})),
              ElementsAre(HasSubstr("counts as zero")));
  EXPECT_THAT(notes(chance_share(std::vector<PointSummary>{{1, 0, 3}, {1, 0, 3}})),
              ElementsAre(HasSubstr("does not vary")));
  EXPECT_THAT(notes(chance_share({})), ElementsAre(HasSubstr("0 points")));
}

TEST(SensitivityNotes, SayWhichEffectsAreFew) {
  const std::vector<double> x{0, 0, 1, 0, 1, 1, 0, 0, 1, 0, 1, 1}, y{0, 1, nan, 0, 1, 2};
  EXPECT_THAT(notes(morris_screening({x, 2, y}), two),
              ElementsAre(HasSubstr("1 of 4 effects"), HasSubstr("exposure has 1 effects")));
}

TEST(SensitivityNotes, SayWhatIsCollinear) {
  std::vector<double> x, y;
  for (std::size_t n = 0; n < 100; ++n) {
    const double first = study::uniform(n, 0);
    x.insert(x.end(), {first, first + 0.01 * study::uniform(n, 1)});
    y.push_back(first);
  }
  EXPECT_THAT(notes(regress({x, 2, y}), two),
              ElementsAre(HasSubstr("cover is collinear"), HasSubstr("exposure is collinear"),
                          HasSubstr("condition number")));
  for (std::size_t n = 0; n < 100; ++n) x[2 * n + 1] = 2.0 * x[2 * n];
  EXPECT_THAT(notes(regress({x, 2, y}), two),
              ElementsAre(HasSubstr("cover is determined"), HasSubstr("exposure is determined"),
                          HasSubstr("condition number")));
}

TEST(SensitivityNotes, SayWhenAFitIsPoor) {
  std::vector<double> x, y;
  for (std::size_t n = 0; n < 100; ++n) {
    x.insert(x.end(), {study::uniform(n, 0), 1.0});
    y.push_back(study::uniform(n, 2));
  }
  EXPECT_THAT(notes(regress({x, 2, y}), two),
              ElementsAre(HasSubstr("exposure does not vary"), HasSubstr("the linear fit explains"),
                          HasSubstr("the fit of ranks explains")));
  const auto few = regress({std::span(x).first(4), 2, std::span(y).first(2)});
  EXPECT_THAT(notes(few, two), ElementsAre(HasSubstr("does not vary"), HasSubstr("too few")));
}

TEST(SensitivityNotes, AreNoneWhereAllIsWell) {
  std::vector<double> x, y;
  for (std::size_t n = 0; n < 100; ++n) {
    x.insert(x.end(), {study::uniform(n, 0), study::uniform(n, 1)});
    y.push_back(x[2 * n] - 0.5 * x[2 * n + 1]);
  }
  EXPECT_THAT(notes(regress({x, 2, y}), two), IsEmpty());
}

}  // namespace
}  // namespace entente
