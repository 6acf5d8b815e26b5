#include "entente/core/error.hpp"

#include <gtest/gtest.h>

namespace entente {
namespace {

TEST(Problem, NamesFileLineColumnPathAndMessage) {
  const Problem problem{"s.yaml", 14, 15, "terms.rights.cover_effect",
                        "found '1.4'; allowed: 0 to 1 [1]"};
  EXPECT_EQ(problem.text(),
            "s.yaml:14:15: terms.rights.cover_effect: found '1.4'; allowed: 0 to 1 [1]");
}

TEST(Problem, LeavesOutWhatIsMissing) {
  EXPECT_EQ((Problem{"s.yaml", 3, 0, "", "unreadable"}.text()), "s.yaml:3: unreadable");
  EXPECT_EQ((Problem{"s.yaml", 0, 7, "", "unreadable"}.text()), "s.yaml: unreadable");
  EXPECT_EQ((Problem{"", 0, 0, "run.seed", "found -1"}.text()), "run.seed: found -1");
  EXPECT_EQ((Problem{"", 0, 0, "", "found nothing"}.text()), "found nothing");
}

TEST(InputError, ListsEveryProblemOnALineOfItsOwn) {
  const InputError error({{"a.yaml", 1, 2, "x", "wrong"}, {"b.yaml", 3, 4, "y", "wrong too"}});
  EXPECT_STREQ(error.what(), "a.yaml:1:2: x: wrong\nb.yaml:3:4: y: wrong too");
  EXPECT_EQ(error.problems().size(), 2U);
}

TEST(Error, CarriesTheExitStatusOfItsKind) {
  EXPECT_EQ(InputError({}).exit_code(), ExitCode::input);
  EXPECT_EQ(NumericalError("nan").exit_code(), ExitCode::numerical);
  EXPECT_EQ(FileError("disk full").exit_code(), ExitCode::file);
  EXPECT_STREQ(FileError("disk full").what(), "disk full");
}

}  // namespace
}  // namespace entente
