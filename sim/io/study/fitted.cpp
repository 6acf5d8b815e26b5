// Parameters that are jointly normal with the covariance of a fit.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "entente/core/error.hpp"
#include "io/scenario/check.hpp"
#include "io/scenario/coefficients.hpp"
#include "io/scenario/form.hpp"
#include "io/scenario/merge.hpp"
#include "io/scenario/overrides.hpp"
#include "io/scenario/scalars.hpp"
#include "io/scenario/suggest.hpp"
#include "io/scenario/yaml.hpp"
#include "io/study/context.hpp"

namespace entente::detail {

namespace {

/// An estimate and what a study sets by it.
struct Estimate {
  double mean = 0.0;
  std::vector<std::string> paths;
  bool is_gap = false;
};

class FittedReader {
 public:
  FittedReader(StudyContext& study, const Place& entry)
      : study_(study), problems_(study.problems()), entry_(entry), fitted_(entry.find("fitted")) {}

  void read() {
    refuse_other_keys();
    if (!open()) return;
    const Place file{&root_, "", {}};
    const auto names = file.find("covariance").find("names");
    const auto matrix = file.find("covariance").find("matrix");
    if (!names || names->children.empty() || !matrix) {
      problems_.add(fitted_, fmt::format("found no covariance in {}; allowed: a file with one",
                                         quote(study_.sources()[root_.mark.file].shown)));
      return;
    }
    if (root_.tainted) return;
    const auto rows = chosen(names);
    if (!rows) return;
    add(file, names, matrix, *rows);
  }

 private:
  void refuse_other_keys() {
    for (std::size_t k = 0; k < entry_->keys.size(); ++k) {
      const auto& key = entry_->keys[k];
      if (key == "fitted" || key == "file" || key == "correlated" || key == "note" ||
          entry_->children[k].bad)
        continue;
      problems_.add(
          entry_->key_marks[k], entry_.path,
          fmt::format("found key '{}' beside 'fitted'; allowed: file, correlated, note", key));
    }
  }

  // Reads the file, which has to be one for this scenario.
  bool open() {
    const auto before = problems_.size();
    YamlNode name;
    if (const auto own = entry_.find("file")) {
      name = *own;
    } else if (const auto used = Place{&study_.tree, "", {}}.find("coefficients");
               used && used->is_scalar()) {
      name = *used;
    } else {
      problems_.add(fitted_,
                    "found no 'coefficients' in the scenario; allowed: 'file' beside 'fitted'");
      return false;
    }
    YamlNode tried = study_.tree;
    lay_coefficients(tried, name, study_.sources(), problems_);
    if (problems_.size() > before) return false;
    const auto path = study_.sources()[name.mark.file].folder / name.text;
    const auto file = study_.sources().open(path, max_yaml_bytes, false);
    root_ = parse_yaml(study_.sources(), file, problems_);
    check_form(root_, "", coefficients_form(), problems_);
    return problems_.size() == before;
  }

  // Rows of the matrix that are asked for.
  std::optional<std::vector<std::size_t>> chosen(const Place& names) {
    std::vector<std::string> known;
    for (const auto& name : names->children) known.push_back(name.text);
    std::vector<std::size_t> rows;
    if (fitted_->is_scalar() && fitted_.text() == "all") {
      for (std::size_t r = 0; r < known.size(); ++r) rows.push_back(r);
      return rows;
    }
    bool fine = true;
    for (const auto& name : fitted_.one_or_list()) {
      const auto at = std::find(known.begin(), known.end(), name.text());
      const auto row = static_cast<std::size_t>(at - known.begin());
      if (at == known.end()) {
        problems_.add(name, unknown_name(name.text(), known, "names of the covariance"));
        fine = false;
      } else if (std::find(rows.begin(), rows.end(), row) != rows.end()) {
        problems_.add(name, fmt::format("found {} twice; allowed: once", quote(name.text())));
        fine = false;
      } else {
        rows.push_back(row);
      }
    }
    if (!fine || rows.empty()) return std::nullopt;
    return rows;
  }

  void add(const Place& file, const Place& names, const Place& matrix,
           const std::vector<std::size_t>& rows) {
    JointNormal joint;
    std::vector<StudyParameter> parameters;
    for (const auto row : rows) {
      const auto name = names.item(row);
      const auto estimate = estimate_of(file, name);
      if (!estimate) continue;
      joint.mean.push_back(estimate->mean);
      StudyParameter parameter;
      parameter.name = name.text();
      parameter.paths = estimate->paths;
      parameter.is_gap = estimate->is_gap;
      parameter.unit = "utility";
      parameters.push_back(std::move(parameter));
    }
    if (parameters.size() < rows.size()) return;
    // A file has seven digits, so what is the same across the diagonal may differ in the last.
    const auto cell = [&](std::size_t i, std::size_t j) {
      return *parse_number(matrix->children[i].children[j].text);
    };
    for (const auto i : rows)
      for (const auto j : rows) joint.covariance.push_back(0.5 * (cell(i, j) + cell(j, i)));
    const auto findings = violations(joint, "");
    report_findings(findings, fitted_, problems_);
    if (!findings.empty()) return;
    const auto together = entry_.find("correlated");
    const bool correlated = !together || parse_boolean(together.text()).value_or(true);
    for (std::size_t p = 0; p < parameters.size(); ++p) {
      study_.factors.push_back({parameters[p].name, BlockPlace{study_.blocks.size(), p}});
      if (!correlated) study_.factors.back().source = marginal(joint, p);
      study_.parameters.push_back(std::move(parameters[p]));
      study_.marks.push_back(fitted_->mark);
    }
    if (correlated) study_.blocks.push_back(std::move(joint));
  }

  std::optional<Estimate> estimate_of(const Place& file, const Place& name) {
    const auto parts = split_path(name.text()).value_or(std::vector<std::string>{});
    if (parts.size() == 3 && parts[0] == "ladders" && parts[2] != "up" && parts[2] != "down")
      return gap_of(file, name, parts);
    Place at = file;
    for (const auto& part : parts) at = at.find(part);
    if (at && at->is_scalar() && !parts.empty())
      return Estimate{number_or(at, 0.0), {name.text()}, false};
    return refuse(name);
  }

  // `ladders.engagement.mission`: how far the baseline of a rung lies above that of the one below.
  std::optional<Estimate> gap_of(const Place& file, const Place& name,
                                 const std::vector<std::string>& parts) {
    const auto baseline = file.find("ladders").find(parts[1]).find("baseline");
    for (const auto role : all_ladders) {
      const auto& rungs = study_.world.rungs[index_of(role)].list();
      const auto at = std::find(rungs.begin(), rungs.end(), parts[2]);
      const auto rung = static_cast<std::size_t>(at - rungs.begin());
      if (to_string(role) != parts[1] || at == rungs.end() || rung == 0) continue;
      if (!baseline || baseline->children.size() != rungs.size()) break;
      Estimate estimate;
      estimate.is_gap = true;
      estimate.mean = number_or(baseline.item(rung), 0.0) - number_or(baseline.item(rung - 1), 0.0);
      for (std::size_t r = rung; r < rungs.size(); ++r)
        estimate.paths.push_back(fmt::format("ladders.{}.baseline[{}]", parts[1], r));
      return estimate;
    }
    return refuse(name);
  }

  std::optional<Estimate> refuse(const Place& name) {
    problems_.add(name, fmt::format("found {}, of which the file has no estimate; allowed: paths "
                                    "such as terms.rights.coefficient, and rungs such as "
                                    "ladders.engagement.mission",
                                    quote(name.text())));
    return std::nullopt;
  }

  StudyContext& study_;
  Problems& problems_;
  const Place& entry_;
  Place fitted_;
  YamlNode root_;
};

}  // namespace

void read_fitted(StudyContext& study, const Place& entry) { FittedReader(study, entry).read(); }

}  // namespace entente::detail
