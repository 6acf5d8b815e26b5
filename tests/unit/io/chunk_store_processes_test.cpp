#include <gmock/gmock.h>
#include <sched.h>
#include <signal.h>  // kill is POSIX
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "chunk_folder.hpp"
#include "entente/core/error.hpp"
#include "io/study/temporary_file.hpp"

// What becomes of a folder of chunks when processes die or work on it together.

namespace entente {
namespace {

using detail::TemporaryFile;
using testing::ElementsAre;
using testing::IsEmpty;

/// Another process that runs a function; its status is 1 where the function throws.
class Child {
 public:
  template <class Function>
  explicit Child(const Function& function) : id_(::fork()) {
    if (id_ < 0) throw std::runtime_error("cannot fork");
    if (id_ > 0) return;
    try {
      function();
    } catch (const std::exception& error) {
      std::fprintf(stderr, "child: %s\n", error.what());
      ::_exit(1);
    }
    ::_exit(0);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() { kill(); }

  void kill() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    static_cast<void>(status());
  }
  /// Waits for the end: the exit status, -1 for a process that was killed.
  int status() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  ::pid_t id_;
};

/// Numbers sent from one process to another.
class Channel {
 public:
  Channel() {
    if (::pipe(ends_.data()) != 0) throw std::runtime_error("cannot make a pipe");
  }
  Channel(const Channel&) = delete;
  Channel& operator=(const Channel&) = delete;
  ~Channel() {
    for (const int end : ends_) ::close(end);
  }
  void send(std::uint64_t number) const {
    if (::write(ends_[1], &number, sizeof number) != sizeof number) ::_exit(2);
  }
  [[nodiscard]] std::uint64_t receive() const {
    std::uint64_t number = 0;
    if (::read(ends_[0], &number, sizeof number) != sizeof number) ::abort();
    return number;
  }

 private:
  std::array<int, 2> ends_{};
};

void require(bool good, const char* what) {
  if (!good) throw std::runtime_error(what);
}

class ChunkStoreProcesses : public test::ChunkFolder {
 protected:
  static ChunkPlan many() { return {2000, 10, {"a", "b", "c"}}; }
};

TEST_F(ChunkStoreProcesses, WhatWasCommittedSurvivesAKill) {
  std::size_t committed = 0;
  for (const std::size_t before : {1U, 2U, 3U, 5U, 8U, 13U, 21U, 34U, 55U}) {
    const auto todo = store(many()).missing().chunks;
    EXPECT_GE(many().chunks() - todo.size(), committed);
    const Channel channel;
    Child child([&] {
      const ChunkStore folder = store(many());
      for (const auto index : todo) {
        folder.commit(done(index, many()));
        channel.send(index);
      }
    });
    std::vector<std::uint64_t> told;
    while (told.size() < before) told.push_back(channel.receive());
    child.kill();
    committed += before;

    const auto missing = store(many()).missing();
    EXPECT_THAT(missing.damaged, IsEmpty());
    for (const auto index : told)
      EXPECT_THAT(missing.chunks, testing::Not(testing::Contains(index)));
    EXPECT_EQ(names().size(), 2 + many().chunks() - missing.chunks.size()) << "a temporary file";
  }
  const ChunkStore folder = store(many());
  for (const auto index : folder.missing().chunks) folder.commit(done(index, many()));
  EXPECT_EQ(expect_rows(folder, MergeScope::all), numbers(0, 2000));
}

TEST_F(ChunkStoreProcesses, ProcessesMayDoTheSameChunksAtOnce) {
  const auto work = [&](bool backwards) {
    const ChunkStore folder = store(many());
    for (std::uint64_t x = 0; x < many().chunks(); ++x) {
      folder.commit(done(backwards ? many().chunks() - 1 - x : x, many()));
    }
  };
  Child one([&] { work(false); });
  Child other([&] { work(true); });
  Child third([&] { work(false); });
  const ChunkStore folder = store(many());
  while (!folder.missing().chunks.empty()) {
    // Whoever looks on sees whole chunks only, and opening does not disturb the others.
    ASSERT_THAT(store(many()).missing().damaged, IsEmpty());
  }
  EXPECT_EQ(one.status(), 0);
  EXPECT_EQ(other.status(), 0);
  EXPECT_EQ(third.status(), 0);
  EXPECT_EQ(expect_rows(folder, MergeScope::all), numbers(0, 2000));
  EXPECT_EQ(names().size(), many().chunks() + 2);
}

TEST_F(ChunkStoreProcesses, OneOfTwoStudiesGetsAFolder) {
  for (int round = 0; round < 20; ++round) {
    std::filesystem::remove_all(path("out.parts"));
    const auto begin = [&](const std::string& study) {
      try {
        ChunkStore(path("out.parts"), study, plan());
      } catch (const FileError&) {
        ::_exit(5);
      }
    };
    Child one([&] { begin("seed: 1\n"); });
    Child other([&] { begin("seed: 2\n"); });
    const int first = one.status(), second = other.status();
    EXPECT_THAT((std::array{first, second}), testing::UnorderedElementsAre(0, 5));
    EXPECT_EQ(bytes(path("out.parts/identity.txt")), first == 0 ? "seed: 1\n" : "seed: 2\n");
    EXPECT_THAT(names(), testing::Contains("plan.txt"));
    EXPECT_EQ(names().size(), 2U);
  }
}

TEST_F(ChunkStoreProcesses, AnInterruptedWriterLeavesNothing) {
  commit({0});
  try {
    TemporaryFile file(store().file(1));
    file.write("half of it");
    EXPECT_EQ(names().size(), 4U);
    throw std::runtime_error("stop");
  } catch (const std::runtime_error&) {
  }
  EXPECT_THAT(names(), ElementsAre("chunk-00000000.bin", "identity.txt", "plan.txt"));
}

TEST_F(ChunkStoreProcesses, LeftoversOfTheDeadAreRemovedThoseOfTheLivingAreNot) {
  const Channel channel;
  const auto target = store().file(1);
  Child child([&] {
    TemporaryFile file(target);
    file.write("half of it");
    channel.send(0);
    for (;;) ::pause();
  });
  static_cast<void>(channel.receive());
  const TemporaryFile ours(store().file(2));
  ASSERT_EQ(names().size(), 4U);
  const std::string theirs = names()[0];
  EXPECT_THAT(theirs, testing::StartsWith("chunk-00000001.bin.part-"));
  // The same process on another host, and names that only look similar.
  const std::vector<std::string> strange{theirs + "x", "a.part", "a.part-1-x-2",
                                         "chunk.part-0-0-0-"};
  for (const auto& name : strange) std::ofstream(path("out.parts") / name) << "precious";
  static_cast<void>(store());
  EXPECT_EQ(names().size(), 4U + strange.size());

  child.kill();
  static_cast<void>(store());
  EXPECT_THAT(names(), testing::Not(testing::Contains(theirs)));
  EXPECT_EQ(names().size(), 3U + strange.size());
}

TEST_F(ChunkStoreProcesses, AnEarlierProcessOfOurNumberIsDead) {
  // As in containers, where every program is process 1.
  std::string name = TemporaryFile(store().file(1)).name().string();
  const auto run = name.find('-', name.find(".part-") + 6) + 1;
  name[run] = name[run] == '0' ? '1' : '0';
  std::ofstream(name) << "half of it";
  static_cast<void>(store());
  EXPECT_THAT(names(), ElementsAre("identity.txt", "plan.txt"));
}

TEST_F(ChunkStoreProcesses, AFileThatSomebodyRemovedIsNotTakenForWritten) {
  // A process of another container of our host's name may take ours for dead.
  TemporaryFile file(store().file(1));
  file.write("all of it");
  std::filesystem::remove(file.name());
  EXPECT_FALSE(file.replace());
  EXPECT_FALSE(std::filesystem::exists(store().file(1)));
}

TEST_F(ChunkStoreProcesses, AFullDiskLeavesEarlierChunksWhole) {
  constexpr int not_allowed = 77;
  Child child([&] {
    std::filesystem::create_directory(path("disk"));
    if (::unshare(CLONE_NEWNS) != 0 ||
        ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("none", path("disk").c_str(), "tmpfs", 0, "size=256k") != 0) {
      ::_exit(not_allowed);
    }
    const ChunkPlan large{50'000, 1000, {"a", "b", "c"}};
    const ChunkStore folder(path("disk/out.parts"), identity, large);
    std::uint64_t index = 0;
    std::string problem;
    for (; problem.empty() && index < large.chunks(); ++index) {
      try {
        folder.commit(done(index, large));
      } catch (const FileError& error) {
        problem = error.what();
      }
    }
    --index;  // the one that did not fit
    require(
        problem == folder.file(index).string() + ": cannot write the file: No space left on device",
        problem.c_str());
    const auto missing = folder.missing();
    require(index > 3 && missing.damaged.empty() && missing.chunks.front() == index &&
                missing.chunks.size() == large.chunks() - index,
            "chunks were lost");
    const auto entries = std::distance(std::filesystem::directory_iterator(folder.folder()), {});
    require(static_cast<std::uint64_t>(entries) == index + 2, "something was left");
    std::filesystem::remove(folder.file(0));
    folder.commit(done(index, large));
    require(folder.missing().chunks.front() == 0, "no chunk where there is room again");
  });
  const int status = child.status();
  if (status == not_allowed) GTEST_SKIP() << "no disk of our own here";
  EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace entente
