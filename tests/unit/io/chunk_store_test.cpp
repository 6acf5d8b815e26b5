#include "entente/io/chunk_store.hpp"

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "chunk_folder.hpp"
#include "entente/core/error.hpp"

namespace entente {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using testing::ThrowsMessage;

class ChunkStoreTest : public test::ChunkFolder {
 protected:
  [[nodiscard]] std::string open_with(const std::string& other, const ChunkPlan& plan) const {
    try {
      ChunkStore(path("out.parts"), other, plan);
    } catch (const FileError& error) {
      return error.what();
    }
    return "no error";
  }
};

TEST_F(ChunkStoreTest, PlanCutsTheDesignIntoChunks) {
  const ChunkPlan plan = ChunkStoreTest::plan();
  EXPECT_EQ(plan.chunks(), 5U);
  EXPECT_EQ(plan.first_row(4), 20U);
  EXPECT_EQ(plan.rows_in(3), 5U);
  EXPECT_EQ(plan.rows_in(4), 3U);
  EXPECT_EQ((ChunkPlan{20, 5, {}}.chunks()), 4U);
  EXPECT_EQ((ChunkPlan{0, 5, {}}.chunks()), 0U);
  EXPECT_EQ(plan.blank(4).values.size(), 6U);
  EXPECT_THROW(static_cast<void>(plan.blank(5)), std::invalid_argument);
}

TEST_F(ChunkStoreTest, GivesRowsBackToTheBit) {
  commit({0, 1, 2, 3, 4});
  EXPECT_THAT(store().missing().chunks, IsEmpty());
  EXPECT_EQ(expect_rows(store(), MergeScope::all), numbers(0, 23));
}

TEST_F(ChunkStoreTest, EveryNanComesBackAsTheSameOne) {
  const ChunkPlan plan{4, 4, {"x"}};
  Chunk chunk = plan.blank(0);
  const std::uint64_t bits[] = {0x7ff8000000000000U, 0xfff8000000000000U, 0x7ff0000000000001U,
                                0xffffffffffffffffU};
  for (std::size_t r = 0; r < 4; ++r) chunk.values[r] = std::bit_cast<double>(bits[r]);
  store(plan).commit(chunk);
  store(plan).merged(MergeScope::all, [](const ChunkRow& row) {
    EXPECT_EQ(std::bit_cast<std::uint64_t>(row.values[0]), 0x7ff8000000000000U);
  });
}

TEST_F(ChunkStoreTest, RowsComeInTheOrderOfTheDesignHoweverChunksWereCommitted) {
  for (const auto& order : {std::vector<std::uint64_t>{4, 3, 2, 1, 0}, {2, 4, 1, 0, 3}}) {
    commit(order);
    EXPECT_EQ(expect_rows(store(), MergeScope::all), numbers(0, 23));
    std::filesystem::remove_all(path("out.parts"));
  }
}

TEST_F(ChunkStoreTest, AChunkDoneTwiceHasTheSameBytes) {
  commit({3});
  const std::string first = bytes(store().file(3));
  commit({3});
  EXPECT_TRUE(first == bytes(store().file(3)));
  EXPECT_THAT(names(), ElementsAre("chunk-00000003.bin", "identity.txt", "plan.txt"));
}

TEST_F(ChunkStoreTest, SaysWhatIsStillToBeDone) {
  EXPECT_EQ(store().missing().chunks, numbers(0, 5));
  commit({3, 1});
  EXPECT_THAT(store().missing().chunks, ElementsAre(0, 2, 4));
  EXPECT_THAT(store().missing().damaged, IsEmpty());
  EXPECT_THAT(store().missing(numbers(2, 4)).chunks, ElementsAre(2));
  EXPECT_THROW(static_cast<void>(store().missing(numbers(4, 6))), std::invalid_argument);
}

TEST_F(ChunkStoreTest, MergesNothingWhileSomethingIsMissing) {
  commit({4, 1});
  const auto never = [](const ChunkRow&) { FAIL(); };
  EXPECT_THAT([&] { store().merged(MergeScope::all, never); },
              ThrowsMessage<FileError>(HasSubstr("out.parts: 3 of 5 chunks are missing: 0, 2, 3")));
  const auto damaged = store().file(4);
  std::filesystem::resize_file(damaged, 100);
  EXPECT_THAT(
      [&] { store().merged(MergeScope::all, never); },
      ThrowsMessage<FileError>(AllOf(HasSubstr("4 of 5 chunks are missing: 0, 2, 3, 4"),
                                     HasSubstr(damaged.string() + ": cut off: 100 bytes"))));
}

TEST_F(ChunkStoreTest, MergesWhatIsFinishedWhenAsked) {
  commit({4, 1, 3});
  std::filesystem::resize_file(store().file(3), 0);
  EXPECT_THAT(expect_rows(store(), MergeScope::finished), ElementsAre(5, 6, 7, 8, 9, 20, 21, 22));
  const auto left_out = store().merged(MergeScope::finished, [](const ChunkRow&) {});
  EXPECT_THAT(left_out.chunks, ElementsAre(0, 2, 3));
  ASSERT_EQ(left_out.damaged.size(), 1U);
  EXPECT_EQ(left_out.damaged[0].index, 3U);
}

TEST_F(ChunkStoreTest, ADamagedChunkIsDoneAgain) {
  commit({0, 1, 2, 3, 4});
  std::filesystem::resize_file(store().file(2), 77);
  ASSERT_THAT(store().missing().chunks, ElementsAre(2));
  commit(store().missing().chunks);
  EXPECT_EQ(expect_rows(store(), MergeScope::all), numbers(0, 23));
}

TEST_F(ChunkStoreTest, RefusesTheFolderOfAnotherStudy) {
  commit({0});
  const auto differs = [&](const std::string& other, const std::string& line,
                           const std::string& text) {
    EXPECT_EQ(open_with(other, plan()),
              path("out.parts/identity.txt").string() + ":" + line + ": " + text +
                  "; allowed: the study that the folder was begun with, or another folder");
  };
  differs("title: Tiny\nseed: 8\nreplicates: 64\n", "2", "found 'seed: 8', was 'seed: 7'");
  differs("title: Tiny\nseed: 7\nreplicates: 640\n", "3",
          "found 'replicates: 640', was 'replicates: 64'");
  differs("title: Tiny\nseed: 7\nreplicates: 64", "4", "found the end, was ''");
  differs("title: Tiny\nseed: 7", "3", "found the end, was 'replicates: 64'");
  differs("", "1", "found '', was 'title: Tiny'");
  differs(std::string(identity) + "more", "4", "found 'more', was ''");
  differs("title: " + std::string(100, 'x') + "\n", "1",
          "found 'title: " + std::string(73, 'x') + "...', was 'title: Tiny'");
  EXPECT_THAT(store().missing().chunks, ElementsAre(1, 2, 3, 4));
}

TEST_F(ChunkStoreTest, RefusesAnotherPlan) {
  commit({0});
  EXPECT_THAT(open_with(identity, {23, 6, plan().columns}),
              HasSubstr("plan.txt:2: found 'rows per chunk: 6', was 'rows per chunk: 5'; allowed: "
                        "the plan that the folder was begun with"));
  EXPECT_THAT(open_with(identity, {23, 5, {"mean", "median"}}),
              HasSubstr("plan.txt:4: found 'column: median', was 'column: quantile 0.95'"));
  EXPECT_THROW(store({23, 0, {}}), std::invalid_argument);
  EXPECT_THROW(store({23, 5, {"a\nb"}}), std::invalid_argument);
}

TEST_F(ChunkStoreTest, RefusesChunksThatAreNotPlanned) {
  const ChunkStore folder = store();
  const auto refused = [&](const auto& change) {
    Chunk chunk = done(0);
    change(chunk);
    EXPECT_THROW(folder.commit(chunk), std::invalid_argument);
  };
  refused([](Chunk& chunk) { chunk.index = 5; });
  refused([](Chunk& chunk) { chunk.index = 1; });
  refused([](Chunk& chunk) { chunk.first_row = 1; });
  refused([](Chunk& chunk) { chunk.rows = 4; });
  refused([](Chunk& chunk) { chunk.values.pop_back(); });
  refused([](Chunk& chunk) { chunk.failures = {{5, ""}}; });
  refused([](Chunk& chunk) { chunk.failures = {{2, ""}, {2, ""}}; });
  EXPECT_THAT(names(), ElementsAre("identity.txt", "plan.txt"));
}

TEST_F(ChunkStoreTest, SaysWhyTheFolderCannotBeUsed) {
  std::ofstream(path("out.parts")) << "precious";
  EXPECT_EQ(open_with(identity, plan()),
            path("out.parts").string() + ": cannot make the folder: Not a directory");
  EXPECT_EQ(bytes(path("out.parts")), "precious");
  EXPECT_THAT([&] { ChunkStore(path("none/out.parts"), identity, plan()); },
              ThrowsMessage<FileError>(
                  HasSubstr("none/out.parts: cannot make the folder: No such file or directory")));
}

TEST_F(ChunkStoreTest, AFolderThatOnlyBeganIsTakenUp) {
  // Stopped after the first of the two texts, or before any.
  for (const char* lost : {"plan.txt", "identity.txt"}) {
    commit({0});
    std::filesystem::remove(path("out.parts") / lost);
    EXPECT_EQ(store().missing().chunks, numbers(1, 5));
    EXPECT_THAT(names(), ElementsAre("chunk-00000000.bin", "identity.txt", "plan.txt"));
  }
  // With the text gone, the chunks themselves still tell another study.
  std::filesystem::remove(path("out.parts/identity.txt"));
  const auto found = ChunkStore(path("out.parts"), "seed: 8\n", plan()).missing();
  EXPECT_EQ(found.chunks, numbers(0, 5));
  ASSERT_EQ(found.damaged.size(), 1U);
  EXPECT_EQ(found.damaged[0].reason, "of another study");
}

TEST_F(ChunkStoreTest, IsRemovedWithNothingElse) {
  commit({0, 3});
  std::ofstream(path("out.parts") / "notes.txt") << "mine";
  EXPECT_THROW(remove_chunk_folder(path("out.parts")), FileError);
  EXPECT_TRUE(std::filesystem::exists(path("out.parts") / "notes.txt"));
  std::filesystem::remove(path("out.parts") / "notes.txt");
  commit({1});
  remove_chunk_folder(path("out.parts"));
  EXPECT_FALSE(std::filesystem::exists(path("out.parts")));
  EXPECT_THROW(remove_chunk_folder(path("out.parts")), FileError);
}

TEST_F(ChunkStoreTest, ALimitOfSizeLeavesEarlierChunksWhole) {
  const ChunkPlan large{3000, 1000, {"x"}};
  const ChunkStore folder = store(large);
  folder.commit(done(1, large));
  rlimit before{};
  getrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t most : {0U, 50U, 5000U}) {
    const rlimit limit{most, before.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
    for (const std::uint64_t index : {1U, 2U}) {
      EXPECT_THAT([&] { folder.commit(done(index, large)); },
                  ThrowsMessage<FileError>(HasSubstr(folder.file(index).string() +
                                                     ": cannot write the file: File too large")));
    }
    setrlimit(RLIMIT_FSIZE, &before);
    EXPECT_THAT(folder.missing().chunks, ElementsAre(0, 2));
    EXPECT_THAT(folder.missing().damaged, IsEmpty());
    EXPECT_THAT(names(), ElementsAre("chunk-00000001.bin", "identity.txt", "plan.txt"));
  }
  std::signal(SIGXFSZ, SIG_DFL);
}

/// Root may write anywhere, so it becomes nobody for a while.
class Nobody {
 public:
  Nobody() : user_(::geteuid()), good_(user_ != 0 || ::seteuid(65534) == 0) {}
  Nobody(const Nobody&) = delete;
  Nobody& operator=(const Nobody&) = delete;
  ~Nobody() {
    if (good_ && user_ == 0 && ::seteuid(user_) != 0) std::abort();
  }
  [[nodiscard]] bool sees(const std::filesystem::path& path) const {
    std::error_code ignored;
    return good_ && std::filesystem::exists(path, ignored);
  }

 private:
  ::uid_t user_;
  bool good_;
};

TEST_F(ChunkStoreTest, AFolderThatCannotBeWrittenCanBeRead) {
  commit({0, 1});
  using std::filesystem::perms;
  std::filesystem::permissions(path(""), perms(0755));
  std::filesystem::permissions(path("out.parts"), perms(0555));
  bool reached = false;
  {
    const Nobody nobody;
    reached = nobody.sees(path("out.parts/plan.txt"));
    if (reached) {
      const ChunkStore closed = store();
      EXPECT_THAT(closed.missing().chunks, ElementsAre(2, 3, 4));
      EXPECT_EQ(expect_rows(closed, MergeScope::finished), numbers(0, 10));
      EXPECT_THAT([&] { closed.commit(done(2)); },
                  ThrowsMessage<FileError>(AllOf(StartsWith(closed.file(2).string()),
                                                 HasSubstr("cannot create the file: Permission"))));
    }
  }
  std::filesystem::permissions(path("out.parts"), perms(0755));
  if (!reached) GTEST_SKIP() << "no other user reaches the folder";
}

TEST_F(ChunkStoreTest, ANameThatCannotBeReplacedLeavesNothing) {
  const ChunkStore folder = store();
  std::filesystem::create_directories(folder.file(1) / "precious");
  EXPECT_THAT([&] { folder.commit(done(1)); },
              ThrowsMessage<FileError>(
                  HasSubstr("chunk-00000001.bin: cannot replace the file: Is a directory")));
  EXPECT_THAT([&] { static_cast<void>(folder.missing()); },
              ThrowsMessage<FileError>(
                  HasSubstr("chunk-00000001.bin: cannot read the file: Is a directory")));
  EXPECT_THAT(names(), ElementsAre("chunk-00000001.bin", "identity.txt", "plan.txt"));
}

}  // namespace
}  // namespace entente
