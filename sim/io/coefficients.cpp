#include "entente/io/coefficients.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>

#include "entente/core/error.hpp"
#include "io/hash.hpp"
#include "io/result/part_file.hpp"

namespace entente {
namespace {

constexpr const char* first_line =
    "# Written by `entente fit`; a scenario takes it up by `coefficients: FILE`.\n";

/// Enough digits for the number that was written to be the one that is read.
std::string number(double value) { return fmt::format("{}", static_cast<float>(value)); }

/// A coefficient under the name and in the places that it has in the model of case `own`; nothing
/// where that case lacks it.
std::optional<Coefficient> in_model(const Model& model, Coefficient one, const std::string& own) {
  const auto cut = one.name.find('@');
  if (cut != std::string::npos && one.name.substr(cut + 1) != own) return std::nullopt;
  one.name = one.name.substr(0, cut);
  const auto find = [&](const auto& list, const std::string& key) {
    const auto at =
        std::find_if(list.begin(), list.end(), [&](const auto& other) { return other.key == key; });
    one.place = static_cast<std::size_t>(at - list.begin());
    return at != list.end();
  };
  bool here = true;  // ladders are each case's own
  if (one.kind == Coefficient::Kind::term) {
    here = find(model.terms, one.name.substr(0, one.name.find('.')));
  } else if (one.kind == Coefficient::Kind::covariate) {
    here = find(model.covariates, one.name);
  }
  return here ? std::optional(one) : std::nullopt;
}

/// Where a scenario sets the coefficient.
std::string path_of(const Coefficient& one) {
  const auto& name = one.name;
  switch (one.kind) {
    case Coefficient::Kind::term:
      return "terms." + (name.find('.') == std::string::npos ? name + ".coefficient" : name);
    case Coefficient::Kind::covariate:
      return "covariates." + name + ".coefficient";
    case Coefficient::Kind::gap:
    case Coefficient::Kind::down:
      break;
  }
  return "ladders." + name;
}

/// The covariate that is by actor, with the values of the first case's actors.
std::string disposition_lines(const Model& model, const Fit& fit) {
  constexpr std::size_t in_line = 6;
  std::string text;
  for (const auto& covariate : model.covariates) {
    const auto values = dispositions_of(fit);
    if (!covariate.by_actor || values.empty()) continue;
    text = fmt::format("  {}:\n    coefficient: {}\n    values: {{", covariate.key,
                       number(static_cast<double>(covariate.coefficient)));
    for (std::size_t v = 0; v < values.size(); ++v) {
      text += v % in_line == 0 ? "\n      " : " ";
      text += fmt::format("{}: {}{}", model.actors[values[v].first].id, number(values[v].second),
                          v + 1 < values.size() ? "," : "}\n");
    }
  }
  return text;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

}  // namespace

std::string coefficients_text(const Model& model, const Fit& fit, const Design& design,
                              const std::string& name, const Provenance& provenance) {
  std::vector<Coefficient> own;
  std::vector<double> values;
  std::string terms, covariates, last;
  for (std::size_t c = 0; c < design.coefficients.size(); ++c) {
    const auto found = in_model(model, design.coefficients[c], name);
    if (!found) continue;
    const auto& one = *found;
    own.push_back(one);
    values.push_back(fit.all[c]);
    if (one.kind == Coefficient::Kind::covariate) {
      covariates += fmt::format("  {}: {{coefficient: {}}}\n", one.name, number(values.back()));
    } else if (one.kind == Coefficient::Kind::term) {
      const auto cut = one.name.find('.');
      const auto key = one.name.substr(0, cut);
      const auto field = cut == std::string::npos ? "coefficient" : one.name.substr(cut + 1);
      // The fields of a term follow one another.
      if (key == last) {
        terms.erase(terms.size() - 2);
        terms += fmt::format(", {}: {}}}\n", field, number(values.back()));
      } else {
        terms += fmt::format("  {}: {{{}: {}}}\n", key, field, number(values.back()));
      }
      last = key;
    }
  }
  const Model fitted = with_coefficients(model, own, values);
  std::string text = first_line;
  text += "entente: 1\nfitted:\n";
  for (const auto& [key, value] : provenance)
    text += fmt::format("  {}: {}\n", quoted(key), quoted(value));
  covariates += disposition_lines(model, fit);
  if (!terms.empty()) text += "terms:\n" + terms;
  if (!covariates.empty()) text += "covariates:\n" + covariates;
  std::string ladders;
  for (const auto role : all_ladders) {
    const bool here = std::any_of(own.begin(), own.end(), [&](const Coefficient& one) {
      return one.kind == Coefficient::Kind::down && one.place == index_of(role);
    });
    if (!here) continue;
    const auto& ladder = fitted.ladders[index_of(role)];
    std::vector<std::string> baseline;
    for (const float value : ladder.baseline)
      baseline.push_back(number(static_cast<double>(value)));
    ladders += fmt::format("  {}: {{baseline: [{}], up: {}, down: {}}}\n", to_string(role),
                           fmt::join(baseline, ", "), number(static_cast<double>(ladder.up)),
                           number(static_cast<double>(ladder.down)));
  }
  if (!ladders.empty()) text += "ladders:\n" + ladders;
  std::vector<std::string> names;
  std::vector<Eigen::Index> columns;
  for (std::size_t c = 0; c < fit.estimates.size(); ++c) {
    const auto one = in_model(model, fit.estimates[c].coefficient, name);
    // Of what the data leave open altogether there is no number to give.
    const auto at = static_cast<Eigen::Index>(c);
    if (!one || !std::isfinite(fit.covariance(at, at))) continue;
    names.push_back(path_of(*one));
    columns.push_back(static_cast<Eigen::Index>(c));
  }
  text += fmt::format("covariance:\n  names: [{}]\n  matrix:\n", fmt::join(names, ", "));
  for (const auto row : columns) {
    std::vector<std::string> cells;
    for (const auto column : columns) cells.push_back(number(fit.covariance(row, column)));
    text += fmt::format("    - [{}]\n", fmt::join(cells, ", "));
  }
  return text;
}

bool is_coefficients_text(const std::string& text) { return text.rfind(first_line, 0) == 0; }

void write_text(const std::filesystem::path& path, const std::string& text, bool force) {
  detail::PartFile file(path, force);
  {
    std::ofstream out(file.part(), std::ios::binary);
    out << text;
    out.close();
    if (!out) throw FileError(fmt::format("{}: cannot be written", path.string()));
  }
  file.commit();
}

std::string hash_text(const std::string& text) {
  std::string digits;
  for (const char byte : detail::hash128(text)) {
    digits += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  }
  return digits;
}

}  // namespace entente
