#include "made_study.hpp"

#include <cmath>
#include <iterator>
#include <limits>
#include <utility>

#include "bare_world.hpp"
#include "entente/ensemble/sweep.hpp"

namespace entente::test {
namespace {

Scenario base() {
  Scenario scenario;
  scenario.model = bare_world(4, 3);
  scenario.question = "Who moves?";
  scenario.files = {{"scenario.yaml", "entente: 1\ntitle: bare world\n"}};
  scenario.overrides = {"temperature=1"};
  return scenario;
}

StudyParameter parameter(std::string name, std::vector<std::string> paths) {
  StudyParameter parameter;
  parameter.name = std::move(name);
  parameter.paths = std::move(paths);
  return parameter;
}

std::vector<StudyParameter> parameters(bool fitted) {
  std::vector<StudyParameter> list{
      parameter("rate", {"ladders.engagement.rate"}),
      parameter("rights, \"need\"", {"terms.rights.coefficient", "terms.need.coefficient"}),
      parameter("status", {"events.russia.date"})};
  list[0].unit = "1/yr";
  list[0].meaning = "how often \xC3\xA9tats reconsider";
  list[2].choices = {KnobValue("2021-09"), KnobValue(2.5), KnobValue("a, \"b\"\nc")};
  if (fitted) {
    list.push_back(parameter("alignment", {"terms.alignment.coefficient"}));
    list.push_back(parameter("trade", {"terms.trade.coefficient"}));
  }
  return list;
}

FactorSpace space(const std::vector<StudyParameter>& parameters) {
  std::vector<Factor> factors{{parameters[0].name, Uniform{0.1, 2.0}},
                              {parameters[1].name, LogUniform{1e-7, 3.0}},
                              {parameters[2].name, Choice{3}}};
  if (parameters.size() == 3) return FactorSpace(std::move(factors));
  factors.push_back({parameters[3].name, BlockPlace{0, 1}});
  factors.push_back({parameters[4].name, BlockPlace{0, 0}});
  return FactorSpace(std::move(factors), {{{0.3, -1.0}, {0.25, 0.1, 0.1, 4.0}}});
}

std::vector<Measure> measures() {
  const Stand recognised{0, LadderRole::recognition, 1};
  return {{"recognitions", CountMeasure{recognised, {}, {0, 2}}},
          {"first", ArrivalMeasure{recognised, 1, {}}}};
}

}  // namespace

Study made_study(DesignKind design, bool fitted) {
  auto list = parameters(fitted);
  auto factors = space(list);
  StudyDesign rows(std::move(design), list.size());
  return {.title = "What rates decide",
          .question = "Is it the rate, or \"need\"?",
          .note = "made for tests",
          .sources = {"nobody (2021)", "a, b"},
          .file = "made.yaml",
          .scenario = "bare",
          .overrides = {"temperature=1"},
          .variants = {VariantSource{}},
          .variant_parameter = {},
          .parameters = std::move(list),
          .space = std::move(factors),
          .design = std::move(rows),
          .measures = measures(),
          .first_replicate = 40,
          .replicates = 8,
          .analysis = {{"first"},
                       {{"first", "mean", {}, 0.1},
                        {"recognitions@2021-10", "q95", 2.0, 4.0},
                        {"first.reached", "mean", {}, {}}},
                       200},
          .base = base(),
          .files = {{"made.yaml", "entente: 1\ntitle: What rates decide\n"},
                    {"scenario.yaml", "entente: 1\ntitle: bare world\n"},
                    {"fit.yaml", "covariance: here\n"}},
          .warnings = {},
          .kept = nullptr};
}

std::vector<DesignKind> designs_of_each_kind() {
  return {GridDesign{{2, 4, 3}},
          ListDesign{{0.5, 1.0 / 3.0, 2.0, 1.25, 1e-5, 0.0, 0.1, 0.2, 1.0, 0.3, 3e-7, 2.0}},
          RandomDesign{30, 7},
          LatinDesign{12},
          SobolDesign{16},
          SaltelliDesign{4, true},
          MorrisDesign{5},
          OneAtATimeDesign{{0.5}, {0.05}, {0.95}, 3}};
}

std::vector<std::string> made_columns(const Study& study) {
  return sweep_columns(MeasureRecorder(study.base.model, study.measures));
}

bool made_failure(std::uint64_t row) { return row % 7 == 3; }

std::string made_message(std::uint64_t row) {
  return "row " + std::to_string(row) + ", \xC3\xBC\n\"utility\"";
}

double made_number(std::uint64_t row, std::size_t column) {
  using Limits = std::numeric_limits<double>;
  constexpr double hard[] = {
      0.1,           -0.0,          Limits::infinity(),   -Limits::infinity(), Limits::quiet_NaN(),
      Limits::min(), Limits::max(), Limits::denorm_min(), 1.0 / 3.0,           12.0};
  const std::uint64_t x = 32 * row + column;
  return x < std::size(hard) ? hard[x] : std::sqrt(static_cast<double>(x)) - 5.0;
}

void add_made_rows(StudyWriter& writer, std::size_t columns, std::uint64_t first,
                   std::uint64_t last) {
  std::vector<double> values(columns);
  for (std::uint64_t row = first; row < last; ++row) {
    for (std::size_t c = 0; c < columns; ++c) values[c] = made_number(row, c);
    if (made_failure(row)) {
      writer.add({row, RowStatus::failed, made_message(row), values});
    } else {
      writer.add({row, RowStatus::ok, {}, values});
    }
  }
}

void write_made_study(const std::filesystem::path& path, const Study& study, bool force) {
  const auto columns = made_columns(study);
  StudyWriter writer(path, study, columns, force);
  add_made_rows(writer, columns.size(), 0, study.design.rows());
  writer.finish();
}

}  // namespace entente::test
