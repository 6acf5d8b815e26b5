#include "progress.hpp"

#include <gtest/gtest.h>

namespace entente::cli {
namespace {

TEST(DurationText, FitsTheLength) {
  EXPECT_EQ(duration_text(0.2), "1 s");
  EXPECT_EQ(duration_text(59.0), "59 s");
  EXPECT_EQ(duration_text(185.0), "3:05 min");
  EXPECT_EQ(duration_text(7200.0), "2:00 h");
}

TEST(Progress, IsSilentWithoutATerminal) {
  testing::internal::CaptureStderr();
  {
    Progress progress("replicates", 10, true);
    progress.update(5);
  }
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

}  // namespace
}  // namespace entente::cli
