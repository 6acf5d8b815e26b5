#include "lab/server/child.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <string>

#include "entente/core/error.hpp"

namespace entente::lab {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

ChildEnd shell(const std::string& command, const ChildLimits& limits = {}, bool stop = false) {
  const std::atomic<bool> flag{stop};
  return run_child({"/bin/sh", "-c", command}, limits, flag);
}

TEST(Child, GivesWhatItWrote) {
  const auto end = shell("printf out; printf words >&2");
  EXPECT_TRUE(end.whole);
  EXPECT_EQ(end.output, "out");
  EXPECT_EQ(end.errors, "words");
}

TEST(Child, IsNotWholeAfterAnErrorOrACrash) {
  const auto failed = shell("echo why >&2; exit 5");
  EXPECT_FALSE(failed.whole);
  EXPECT_THAT(failed.errors, HasSubstr("why"));
  EXPECT_FALSE(shell("kill -SEGV $$").whole);
}

TEST(Child, EndsWhenItsTimeIsOver) {
  ChildLimits limits;
  limits.time = std::chrono::seconds(0);
  EXPECT_FALSE(shell("sleep 1000", limits).whole);
}

TEST(Child, EndsWhenItIsToStop) { EXPECT_FALSE(shell("sleep 1000", {}, true).whole); }

TEST(Child, IsReadNoFurtherThanAllowed) {
  ChildLimits limits;
  limits.output = 1000;
  const auto end = shell("while :; do echo endless; done", limits);
  EXPECT_FALSE(end.whole);
  EXPECT_THAT(end.output, SizeIs(1000));
}

TEST(Child, MayWriteNoLargeFile) {
  const std::string path = testing::TempDir() + "child-wrote-this";
  EXPECT_FALSE(shell("head -c 2000000 /dev/zero > " + path).whole);
  std::filesystem::remove(path);
}

TEST(Child, IsTheProgramThatWasNamed) {
  const std::atomic<bool> stop{false};
  EXPECT_FALSE(run_child({"/no/such/program"}, {}, stop).whole);
  EXPECT_THAT(own_program(), HasSubstr("test_lab"));
}

}  // namespace
}  // namespace entente::lab
