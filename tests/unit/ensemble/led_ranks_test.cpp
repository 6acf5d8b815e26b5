#include "ensemble/led_ranks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "entente/core/error.hpp"

namespace entente::detail {
namespace {

/// The letters on their way between threads that play processes.
struct Mail {
  explicit Mail(std::size_t size) : boxes(size) {}
  std::mutex mutex;
  std::vector<std::deque<Letter>> boxes;
};

class MailPost final : public Post {
 public:
  MailPost(Mail& mail, std::size_t rank) : mail_(mail), rank_(rank) {}

  std::size_t rank() const noexcept override { return rank_; }
  std::size_t size() const noexcept override { return mail_.boxes.size(); }
  void send(std::size_t to, std::string text) override {
    const std::lock_guard lock(mail_.mutex);
    mail_.boxes.at(to).push_back({rank_, std::move(text)});
  }
  std::optional<Letter> receive() override {
    const std::lock_guard lock(mail_.mutex);
    auto& box = mail_.boxes.at(rank_);
    if (box.empty()) return std::nullopt;
    Letter letter = std::move(box.front());
    box.pop_front();
    return letter;
  }
  void abort(int /*exit_code*/) override { std::terminate(); }

 private:
  Mail& mail_;
  std::size_t rank_;
};

/// Runs `process` as each of `size` processes; no letter may be left behind.
void run_together(std::size_t size, const std::function<void(Ranks&)>& process) {
  Mail mail(size);
  std::vector<std::thread> threads;
  for (std::size_t rank = 0; rank < size; ++rank) {
    threads.emplace_back([&mail, &process, rank] {
      const auto ranks =
          led_ranks(std::make_unique<MailPost>(mail, rank), std::chrono::microseconds(20));
      process(*ranks);
    });
  }
  for (auto& thread : threads) thread.join();
  for (const auto& box : mail.boxes) EXPECT_TRUE(box.empty());
}

std::vector<std::uint64_t> rest(Ranks& ranks) {
  std::vector<std::uint64_t> numbers;
  while (const auto number = ranks.next()) numbers.push_back(*number);
  return numbers;
}

std::vector<std::uint64_t> up_to(std::uint64_t count) {
  std::vector<std::uint64_t> numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::uint64_t{0});
  return numbers;
}

class LedRanks : public ::testing::TestWithParam<std::size_t> {};
INSTANTIATE_TEST_SUITE_P(Sizes, LedRanks, ::testing::Values(1, 2, 4, 7));

TEST_P(LedRanks, HaveEachAPlace) {
  std::vector<int> seen(GetParam(), 0);
  run_together(GetParam(), [&](Ranks& ranks) {
    EXPECT_EQ(ranks.size(), GetParam());
    ++seen.at(ranks.rank());
  });
  EXPECT_THAT(seen, ::testing::Each(1));
}

TEST_P(LedRanks, GetTheTextsOfTheFirst) {
  const std::string long_text(100'000, 'x');
  const std::string bytes("a\0b", 3);
  run_together(GetParam(), [&](Ranks& ranks) {
    const bool first = ranks.rank() == 0;
    EXPECT_EQ(ranks.broadcast(first ? long_text : "mine"), long_text);
    EXPECT_EQ(ranks.broadcast(first ? "" : "mine"), "");
    EXPECT_EQ(ranks.broadcast(first ? bytes : "mine"), bytes);
  });
}

TEST_P(LedRanks, GetEachNumberOnceInAscendingOrder) {
  const std::vector<std::uint64_t> counts{100, 0, 1, 1000};
  std::vector<std::vector<std::vector<std::uint64_t>>> got(
      GetParam(), std::vector<std::vector<std::uint64_t>>(counts.size()));
  run_together(GetParam(), [&](Ranks& ranks) {
    for (std::size_t round = 0; round < counts.size(); ++round) {
      ranks.begin(counts[round]);
      got[ranks.rank()][round] = rest(ranks);
      EXPECT_EQ(ranks.next(), std::nullopt);
      EXPECT_TRUE(ranks.finish(true));
    }
  });
  for (std::size_t round = 0; round < counts.size(); ++round) {
    std::vector<std::uint64_t> all;
    for (const auto& process : got) {
      EXPECT_TRUE(std::is_sorted(process[round].begin(), process[round].end()));
      all.insert(all.end(), process[round].begin(), process[round].end());
    }
    std::sort(all.begin(), all.end());
    EXPECT_EQ(all, up_to(counts[round]));
  }
}

TEST(FirstOfRanks, IsWaitedForToBegin) {
  std::atomic<bool> begun{false};
  run_together(3, [&](Ranks& ranks) {
    if (ranks.rank() == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      begun = true;
    }
    ranks.begin(6);
    static_cast<void>(ranks.next());
    EXPECT_TRUE(begun);
    static_cast<void>(ranks.finish(true));
  });
}

TEST(FirstOfRanks, ServesWhileItIsBusy) {
  std::atomic<bool> all_done{false};
  run_together(2, [&](Ranks& ranks) {
    ranks.begin(50);
    if (ranks.rank() == 0) {
      while (!all_done) std::this_thread::yield();  // computes, and asks for nothing
      EXPECT_EQ(ranks.next(), std::nullopt);
    } else {
      EXPECT_EQ(rest(ranks), up_to(50));
      all_done = true;
    }
    EXPECT_TRUE(ranks.finish(true));
  });
}

TEST_P(LedRanks, LearnAllThatOneGaveUp) {
  for (std::size_t failing = 0; failing < GetParam(); ++failing) {
    std::atomic<std::uint64_t> handed_out{0};
    run_together(GetParam(), [&](Ranks& ranks) {
      const std::uint64_t endless = std::uint64_t{1} << 62;
      ranks.begin(endless);
      if (ranks.rank() == failing) {
        EXPECT_NE(ranks.next(), std::nullopt);
        EXPECT_FALSE(ranks.finish(false));
      } else {
        handed_out += rest(ranks).size();  // ends only since there is no more after a failure
        EXPECT_FALSE(ranks.finish(true));
      }
      // The next round is not spoilt.
      ranks.begin(1);
      static_cast<void>(rest(ranks));
      EXPECT_TRUE(ranks.finish(true));
    });
    EXPECT_LT(handed_out, std::uint64_t{1} << 62);
  }
}

TEST_P(LedRanks, GoOnWithoutOneThatLeft) {
  for (std::size_t leaving = 0; leaving < GetParam(); ++leaving) {
    run_together(GetParam(), [&](Ranks& ranks) {
      if (ranks.rank() == leaving) return;  // as an exception would
      if (leaving == 0) {
        EXPECT_THROW(static_cast<void>(ranks.broadcast("")), Error);
        EXPECT_THROW(static_cast<void>(ranks.broadcast("")), Error);
      } else {
        EXPECT_EQ(ranks.broadcast(ranks.rank() == 0 ? "text" : ""), "text");
      }
      ranks.begin(1'000'000'000);
      static_cast<void>(rest(ranks));
      EXPECT_FALSE(ranks.finish(true));
    });
  }
}

TEST_P(LedRanks, MayLeaveInTheMiddleOfARound) {
  run_together(GetParam(), [](Ranks& ranks) {
    ranks.begin(1'000'000'000);
    static_cast<void>(ranks.next());
    if (ranks.rank() % 2 == 0) return;
    static_cast<void>(rest(ranks));
    EXPECT_FALSE(ranks.finish(true));
  });
}

}  // namespace
}  // namespace entente::detail
