#include "entente/core/version.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace entente {
namespace {

using ::testing::AnyOf;
using ::testing::MatchesRegex;
using ::testing::StartsWith;

TEST(Version, HasThreeNumbers) {
  EXPECT_THAT(std::string(version()), MatchesRegex("[0-9]+\\.[0-9]+\\.[0-9]+"));
}

TEST(Version, NamesTheCommitOrSaysUnknown) {
  EXPECT_THAT(std::string(git_hash()), AnyOf("unknown", MatchesRegex("[0-9a-f]{12}")));
}

TEST(Version, NamesTheCompiler) {
  EXPECT_THAT(std::string(compiler()), AnyOf(StartsWith("GNU 1"), StartsWith("Clang 1")));
}

}  // namespace
}  // namespace entente
