#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "cascade_report.hpp"
#include "io/csv_cell.hpp"

namespace entente::cli {
namespace {

/// A text of Graphviz's language.
std::string in_quotes(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string cascade_csv(const Model& model, const CascadeReport& report) {
  std::string text = "from,to,from_start,credit,credit_se,log_odds,odds_ratio,moves\n";
  for (const auto& edge : report.edges) {
    const double error = edge.credit.standard_error;
    text += fmt::format("{},{},{},{},{},{},{},{}\n", detail::csv_cell(model.actors[edge.from].id),
                        detail::csv_cell(model.actors[edge.to].id),
                        report.actors[edge.from].from_start ? "true" : "false", edge.credit.mean,
                        std::isnan(error) ? "" : fmt::format("{}", error), edge.log_odds,
                        std::exp(edge.log_odds), edge.moves);
  }
  return text;
}

std::string cascade_dot(const Model& model, const CascadeReport& report) {
  constexpr double least_credit = 0.01;  // moves per replicate
  constexpr double widest = 8.0;
  double largest = 0.0;
  for (const auto& edge : report.edges) largest = std::max(largest, edge.credit.mean);
  std::vector<bool> drawn(model.actors.size());
  std::string edges;
  for (const auto& edge : report.edges) {
    if (edge.credit.mean < least_credit) continue;
    drawn[edge.from] = drawn[edge.to] = true;
    edges += fmt::format("  {} -> {} [penwidth={:.2f}, label=\"{:.2f}\"];\n",
                         in_quotes(model.actors[edge.from].id), in_quotes(model.actors[edge.to].id),
                         std::max(0.3, widest * edge.credit.mean / largest), edge.credit.mean);
  }
  std::string text = fmt::format(
      "// Moves to {} per replicate that are credited to whom; edges from {} on.\n"
      "digraph cascade {{\n  node [shape=box];\n",
      model.ladders[index_of(report.target.ladder)].rungs[report.target.rung], least_credit);
  for (const auto i : report.ranking) {
    if (!drawn[i]) continue;
    const std::string& id = model.actors[i].id;
    text += fmt::format("  {} [tooltip={}{}];\n", in_quotes(id), in_quotes(model.actors[i].name),
                        report.actors[i].from_start ? ", style=bold" : "");
  }
  return text + edges + "}\n";
}

}  // namespace entente::cli
