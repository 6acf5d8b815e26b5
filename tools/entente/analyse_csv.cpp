#include <fmt/format.h>

#include <cmath>
#include <initializer_list>

#include "io/csv_cell.hpp"
#include "study_findings.hpp"
#include "study_words.hpp"

namespace entente::cli {
namespace {

std::string cell(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : std::string();
}
std::string cell(std::size_t value) { return fmt::format("{}", value); }
std::string cell(const std::string& text) { return detail::csv_cell(text); }

/// A table as it grows. Missing numbers are empty cells.
class Csv {
 public:
  Csv(std::string name, std::string header) : name_(std::move(name)), text_(header + '\n') {}

  template <class... Values>
  void add(const Values&... values) {
    const char* separator = "";
    ((text_ += separator + cell(values), separator = ","), ...);
    text_ += '\n';
    empty_ = false;
  }
  void give(std::vector<FindingTable>& tables) {
    if (!empty_) tables.push_back({name_, std::move(text_)});
  }

 private:
  std::string name_;
  std::string text_;
  bool empty_ = true;
};

/// Tables of all outputs; each row says of which.
class OutputTables {
 public:
  explicit OutputTables(const Findings& findings)
      : findings_(findings), names_(parameter_names(findings.head)) {}

  void add(const OutputFindings& found) {
    output_ = findings_.head.outputs[found.output].name;
    if (found.chance) add(*found.chance);
    if (found.sobol) add(*found.sobol);
    if (found.morris) add(*found.morris);
    if (found.regression) add(*found.regression);
    if (found.one_at_a_time) add(*found.one_at_a_time);
    for (const auto& levels : found.levels) add(levels);
  }
  void give(std::vector<FindingTable>& tables) {
    for (auto* table :
         {&chance_, &sobol_, &pairs_, &morris_, &regression_, &fits_, &levels_, &steps_}) {
      table->give(tables);
    }
  }

 private:
  template <class... Values>
  void row(Csv& table, const Values&... values) {
    table.add(output_, findings_.statistic, values...);
  }

  void add(const ChanceShare& s) {
    row(chance_, s.points, s.within, s.between, s.of_one.value, s.of_one.low, s.of_one.high,
        s.of_mean.value, s.of_mean.low, s.of_mean.high, s.of_one_shared);
  }
  void add(const SobolIndices& s) {
    for (const auto i : order_of(s)) {
      const IntervalEstimate &f = s.first[i], &t = s.total[i];
      row(sobol_, names_[i], f.value, f.low, f.high, f.error, t.value, t.low, t.high, t.error);
    }
    const std::size_t k = names_.size();
    for (std::size_t i = 0; i < k && !s.second.empty(); ++i) {
      for (std::size_t j = i + 1; j < k; ++j) {
        const IntervalEstimate& x = s.second[i * k + j];
        row(pairs_, names_[i], names_[j], x.value, x.low, x.high, x.error);
      }
    }
  }
  void add(const MorrisScreening& screening) {
    for (const auto i : order_of(screening)) {
      const MorrisEffects& e = screening.factors[i];
      row(morris_, names_[i], e.effects, e.mu, e.mu_error, e.mu_star, e.mu_star_error, e.sigma,
          e.sigma_error);
    }
  }
  void add(const SampleRegression& fitted) {
    const Regression& r = fitted.regression;
    row(fits_, r.rows, r.r_squared, r.rank_r_squared, r.condition);
    for (const auto n : order_of(r)) {
      const FactorRegression& f = r.factors[n];
      row(regression_, names_[fitted.parameters[n]], f.pearson, f.spearman, f.src, f.src_error,
          f.pcc, f.srrc, f.prcc, f.vif);
    }
  }
  void add(const OneAtATime& tried) {
    for (const auto& own : tried.parameters) {
      for (const auto& step : own.steps) {
        row(steps_, names_[own.parameter], step.value, step.text, tried.base, step.output,
            step.change, step.error);
      }
    }
  }
  void add(const Levels& levels) {
    for (const auto& at : levels.means) {
      row(levels_, names_[levels.parameter], levels.share, at.value, at.text, at.rows, at.mean,
          at.error);
    }
  }

  const Findings& findings_;
  std::vector<std::string> names_;
  std::string output_;
  Csv chance_{"chance.csv",
              "output,statistic,points,within,between,of_one,of_one_low,of_one_high,of_mean,"
              "of_mean_low,of_mean_high,of_one_shared"};
  Csv sobol_{"sobol.csv",
             "output,statistic,parameter,first,first_low,first_high,first_error,total,total_low,"
             "total_high,total_error"};
  Csv pairs_{"sobol_pairs.csv",
             "output,statistic,parameter,other,second,second_low,second_high,second_error"};
  Csv morris_{"morris.csv",
              "output,statistic,parameter,effects,mu,mu_error,mu_star,mu_star_error,sigma,"
              "sigma_error"};
  Csv regression_{"regression.csv",
                  "output,statistic,parameter,pearson,spearman,src,src_error,pcc,srrc,prcc,vif"};
  Csv fits_{"regression_fit.csv", "output,statistic,points,r_squared,rank_r_squared,condition"};
  Csv levels_{"levels.csv", "output,statistic,parameter,share,value,text,points,mean,error"};
  Csv steps_{"steps.csv", "output,statistic,parameter,value,text,base,to,change,error"};
};

void add_boxes(const Findings& findings, Csv& table, Csv& limits) {
  for (const auto& found : findings.discoveries) {
    const std::string interest = interest_text(found.interest);
    for (std::size_t n = 0; n < found.trajectory.boxes.size(); ++n) {
      const Box& box = found.trajectory.boxes[n];
      table.add(interest, n, std::string(n == found.chosen ? "true" : "false"), box.rows, box.hits,
                box.coverage, box.density, box.mass, box.restricted);
      for (std::size_t i = 0; i < box.limits.size(); ++i) {
        const Limits& own = box.limits[i];
        if (!own.restricts()) continue;
        const StudyFactor& parameter = findings.head.parameters[i];
        limits.add(interest, n, parameter.name, own.low, own.high, box.quasi_p[i],
                   limits_text(parameter, own, found.whole[i]));
      }
    }
  }
}

}  // namespace

std::vector<FindingTable> findings_csv(const Findings& findings) {
  std::vector<FindingTable> tables;
  OutputTables outputs(findings);
  for (const auto& found : findings.outputs) outputs.add(found);
  outputs.give(tables);
  Csv boxes("boxes.csv", "interest,box,chosen,points,hits,coverage,density,mass,restricted");
  Csv limits("limits.csv", "interest,box,parameter,low,high,quasi_p,text");
  add_boxes(findings, boxes, limits);
  boxes.give(tables);
  limits.give(tables);
  Csv failures("failures.csv", "row,message");
  for (const auto& failure : findings.failures) {
    failures.add(static_cast<std::size_t>(failure.row), failure.message);
  }
  failures.give(tables);
  return tables;
}

}  // namespace entente::cli
