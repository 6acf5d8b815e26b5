// Writes files of studies for test_study_file.py, and says what they hold.
//
//     study_files FOLDER    writes FOLDER/<kind of design>.h5, prints JSON

#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "entente/io/study_file.hpp"
#include "support/made_study.hpp"

namespace entente {
namespace {

using Json = nlohmann::json;

/// A number in digits that lose nothing.
std::string exact(double number) { return fmt::format("{:a}", number); }

Json exact(const std::vector<double>& numbers) {
  Json list = Json::array();
  for (const double number : numbers) list.push_back(exact(number));
  return list;
}

Json parameters_of(const Study& study) {
  Json list = Json::array();
  for (const auto& parameter : study.parameters) {
    Json one{{"name", parameter.name}, {"paths", parameter.paths}, {"choices", Json::array()}};
    for (const auto& choice : parameter.choices) {
      const auto* number = std::get_if<double>(&choice);
      one["choices"].push_back(number != nullptr ? fmt::format("{}", *number)
                                                 : std::get<std::string>(choice));
    }
    list.push_back(one);
  }
  return list;
}

Json describe(const Study& study, const std::string& file) {
  const auto columns = test::made_columns(study);
  const bool is_cube = study.design.coordinates() == Coordinates::cube;
  Json rows = Json::array();
  for (std::size_t row = 0; row < study.design.rows(); ++row) {
    Json one{{"values", exact(values_at(study.design, study.space, row))}};
    if (is_cube) one["point"] = exact(study.design.point(row));
    if (test::made_failure(row)) {
      one["message"] = test::made_message(row);
    } else {
      std::vector<double> numbers;
      for (std::size_t c = 0; c < columns.size(); ++c) {
        numbers.push_back(test::made_number(row, c));
      }
      one["numbers"] = exact(numbers);
    }
    rows.push_back(one);
  }
  return {{"file", file},         {"design", name_of(study.design.kind())},
          {"title", study.title}, {"parameters", parameters_of(study)},
          {"columns", columns},   {"rows", rows}};
}

Json write_all(const std::filesystem::path& folder) {
  Json all = Json::array();
  for (const auto& kind : test::designs_of_each_kind()) {
    const bool is_random = std::holds_alternative<RandomDesign>(kind);
    const Study study = test::made_study(kind, is_random);
    const std::string file = fmt::format("{}.h5", name_of(kind));
    test::write_made_study(folder / file, study);
    all.push_back(describe(study, file));
  }
  return all;
}

}  // namespace
}  // namespace entente

int main(int, char** arguments) {
  try {
    fmt::print("{}\n", entente::write_all(arguments[1]).dump());
  } catch (const std::exception& error) {
    std::fputs(error.what(), stderr);
    return 1;
  }
  return 0;
}
