// Writes study files whose outputs are known functions of their parameters, for scripts to analyse.
//
//     plant_study KIND FILE     KIND: ishigami, ishigami_second, grid, list, random, sobol,
//     saltelli, morris,
//                               one_at_a_time
//
// The output is named y; between 16 replicates it has the variance 4. In the files that begin with
// ishigami it is the function of that name of one, two and three, each even over [-pi, pi]; in
// ishigami_second rows fail where `three` is above 3. In the others it is 9 where religion is above
// 6, alignment below 5 and the variant none, else 1 + religion / 10.

#include <array>
#include <cmath>
#include <exception>
#include <iostream>
#include <map>
#include <numbers>
#include <string>

#include "entente/ensemble/sweep.hpp"
#include "support/made_study.hpp"

namespace entente {
namespace {

constexpr double variance = 4.0;
constexpr std::size_t replicates = 16;

StudyParameter parameter(const std::string& name, std::vector<KnobValue> choices = {}) {
  StudyParameter out;
  out.name = name;
  out.paths = {"terms." + name + ".coefficient"};
  out.choices = std::move(choices);
  return out;
}

/// A study of three parameters that measures y.
Study study_of(const DesignKind& design, std::vector<StudyParameter> parameters,
               const std::vector<Distribution>& distributions) {
  Study study = test::made_study(design);
  std::vector<Factor> factors;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    factors.push_back({parameters[i].name, distributions[i]});
  }
  study.title = "Planted";
  study.parameters = std::move(parameters);
  study.space = FactorSpace(std::move(factors));
  study.measures = {{"y", CountMeasure{{0, LadderRole::recognition, 1}, {}, {}}}};
  study.replicates = replicates;
  study.analysis = {};
  study.analysis.resamples = 100;
  return study;
}

double ishigami(const std::vector<double>& x) {
  const double wave = std::sin(x[1]);
  return std::sin(x[0]) + 7.0 * wave * wave + 0.1 * std::pow(x[2], 4) * std::sin(x[0]);
}

double world(const std::vector<double>& x) {
  return x[0] > 6.0 && x[1] < 5.0 && x[2] == 0.0 ? 9.0 : 1.0 + x[0] / 10.0;
}

void add_rows(const Study& study, const std::string& kind, const std::vector<std::string>& columns,
              StudyWriter& writer) {
  for (std::size_t row = 0; row < study.design.rows(); ++row) {
    const auto x = values_at(study.design, study.space, row);
    const double y = kind.starts_with("ishigami") ? ishigami(x) : world(x);
    const bool failed = kind == "ishigami_second" && x[2] > 3.0;
    // In the order of sweep_columns: mean, variance, error, quantiles.
    std::vector<double> values{y, variance, std::sqrt(variance / replicates)};
    for (const double share : summary_shares) values.push_back(y + 4.0 * (share - 0.5));
    if (failed) values.assign(columns.size(), std::nan(""));
    writer.add({row, failed ? RowStatus::failed : RowStatus::ok,
                failed ? "planted, \"failure\"" : "", values});
  }
}

void plant(const std::string& kind, const std::string& path) {
  const std::map<std::string, DesignKind> designs{
      {"ishigami", SaltelliDesign{.base = 4096}},
      {"ishigami_second", SaltelliDesign{.base = 512, .second_order = true}},
      {"grid", GridDesign{.levels = {5, 4, 3}}},
      {"list", ListDesign{{1.0, 1.0, 0.0, 7.0, 4.0, 0.0, 8.0, 8.0, 1.0, 9.0, 2.0, 2.0}}},
      {"random", RandomDesign{.points = 400}},
      {"sobol", SobolDesign{.points = 1024}},
      {"saltelli", SaltelliDesign{.base = 512}},
      {"morris", MorrisDesign{.trajectories = 10}},
      {"one_at_a_time", OneAtATimeDesign{.base = {0.5}, .low = {0.05}, .high = {0.95}}}};
  const bool ishigamis = kind.starts_with("ishigami");
  constexpr double pi = std::numbers::pi;
  const Uniform angle{-pi, pi}, ten{0.0, 10.0};
  const Study study =
      ishigamis
          ? study_of(designs.at(kind), {parameter("one"), parameter("two"), parameter("three")},
                     {angle, angle, angle})
          : study_of(designs.at(kind),
                     {parameter("religion"), parameter("alignment"),
                      parameter("variant", {"none", "sanctions, new", "reform"})},
                     {ten, ten, Choice{3}});
  const auto columns = sweep_columns(MeasureRecorder(study.base.model, study.measures));
  StudyWriter writer(path, study, columns, false);
  add_rows(study, kind, columns, writer);
  writer.finish();
}

}  // namespace
}  // namespace entente

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  try {
    entente::plant(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
  return 0;
}
