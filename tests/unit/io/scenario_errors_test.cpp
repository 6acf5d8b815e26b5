// Every folder of tests/cli/error_tour holds a broken scenario and the full list of its problems.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "entente/core/error.hpp"
#include "entente/io/scenario.hpp"

namespace entente {
namespace {

namespace fs = std::filesystem;

const fs::path tour = "tests/cli/error_tour";

std::vector<std::string> stops() {
  std::vector<std::string> names;
  std::error_code elsewhere;  // tests run from the root of the tree
  for (const auto& entry : fs::directory_iterator(tour, elsewhere))
    if (entry.is_directory()) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

class ErrorTour : public testing::TestWithParam<std::string> {};

TEST_P(ErrorTour, ReportsEveryProblemAtOnce) {
  std::ifstream in(tour / GetParam() / "expected.txt");
  std::stringstream expected;
  expected << in.rdbuf();
  try {
    (void)load_scenario(tour / GetParam());
    ADD_FAILURE() << "was read without a problem";
  } catch (const InputError& error) {
    EXPECT_EQ(error.what() + std::string("\n"), expected.str());
    EXPECT_EQ(error.exit_code(), ExitCode::input);
  }
}

INSTANTIATE_TEST_SUITE_P(Scenario, ErrorTour, testing::ValuesIn(stops()),
                         [](const auto& stop) { return stop.param; });

}  // namespace
}  // namespace entente
