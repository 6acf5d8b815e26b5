#include "ensemble/led_ranks.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include "entente/core/error.hpp"

namespace entente::detail {
namespace {

// What a letter is about stands in its first byte.
enum Kind : char {
  // to the first process
  asks = 'a',  // for a number
  done = 'd',
  gave_up = 'g',  // instead of `done`
  leaves = 'l',   // for good; the last letter to the first process
  // from the first process
  text = 't',     // of broadcast(), after the kind
  number = 'n',   // 8 bytes, after the kind
  nothing = 'e',  // no number is left
  over = 'o',     // the first process gave up: texts that were to come will not
  // ends the round, when all are done or gave up
  all_well = 'w',
  not_well = 'x',
  left = 'b',    // the first process is gone for good and answers no more
  closed = 'c',  // all are gone; the last letter to each process
};

std::string bare(Kind kind) { return {kind}; }

std::string number_letter(std::uint64_t value) {
  std::string result(1 + sizeof value, number);
  std::memcpy(result.data() + 1, &value, sizeof value);
  return result;
}

std::uint64_t number_in(const std::string& letter) {
  std::uint64_t value = 0;
  std::memcpy(&value, letter.data() + 1, sizeof value);
  return value;
}

/// Sleeps between looks for letters, by and by longer: who gets letters often looks often, and who
/// waits long keeps no processor busy. A pause is about a quarter of the time waited, so that two
/// who wait for each other do not grow slow together.
class Patience {
 public:
  explicit Patience(std::chrono::microseconds longest) : longest_(longest) { letter_came(); }

  void letter_came() { pause_ = longest_ / 16; }
  void sleep() {
    std::this_thread::sleep_for(pause_);
    pause_ = std::min(5 * pause_ / 4 + std::chrono::microseconds(1), longest_);
  }

 private:
  std::chrono::microseconds longest_, pause_{};
};

/// The first process.
class Leader final : public Ranks {
 public:
  Leader(std::unique_ptr<Post> post, std::chrono::microseconds pause)
      : post_(std::move(post)), pause_(pause), desk_([this] { serve(); }) {}

  ~Leader() override {
    {
      std::unique_lock lock(mutex_);
      leaving_ = true;
      send_to_all(bare(left));
      changed_.wait(lock, [this] { return gone_ == size() - 1; });
      send_to_all(bare(closed));
    }
    closing_ = true;
    desk_.join();
  }

  std::size_t rank() const noexcept override { return 0; }
  std::size_t size() const noexcept override { return post_->size(); }

  std::string broadcast(std::string of_first) override {
    send_to_all(bare(text) + of_first);
    return of_first;
  }

  void begin(std::uint64_t count) override {
    const std::lock_guard lock(mutex_);
    next_ = 0;
    count_ = count;
    begun_ = true;
    answer_waiting();
  }

  std::optional<std::uint64_t> next() override {
    const std::lock_guard lock(mutex_);
    if (failed_ || next_ == count_) return std::nullopt;
    return next_++;
  }

  bool finish(bool ok) override {
    std::unique_lock lock(mutex_);
    if (!ok) {
      fail();
      send_to_all(bare(over));
    }
    changed_.wait(lock, [this] { return done_ + gone_ == size() - 1; });
    const bool well = !failed_;
    send_to_all(bare(well ? all_well : not_well));
    begun_ = false;
    failed_ = gone_ > 0;
    next_ = count_ = 0;
    done_ = 0;
    return well;
  }

  void abort(int exit_code) override { post_->abort(exit_code); }

 private:
  void send_to_all(const std::string& letter) {
    for (std::size_t to = 1; to < size(); ++to) post_->send(to, letter);
  }

  /// The desk's thread.
  void serve() {
    Patience patience(pause_);
    while (!closing_) {
      while (const auto letter = post_->receive()) {
        take(*letter);
        patience.letter_came();
      }
      patience.sleep();
    }
  }

  void take(const Letter& letter) {
    const std::lock_guard lock(mutex_);
    const char kind = letter.text.at(0);
    if (kind == leaves) {
      ++gone_;
    } else if (leaving_) {
      return;
    } else if (kind == asks) {
      waiting_.push_back(letter.from);
      if (begun_ || failed_) answer_waiting();
      return;
    } else {
      ++done_;
    }
    if (kind != done) fail();
    changed_.notify_one();
  }

  void fail() {
    failed_ = true;
    answer_waiting();
  }

  void answer_waiting() {
    if (leaving_) return;
    for (const std::size_t to : waiting_) {
      const bool some = !failed_ && next_ < count_;
      post_->send(to, some ? number_letter(next_++) : bare(nothing));
    }
    waiting_.clear();
  }

  std::unique_ptr<Post> post_;
  std::chrono::microseconds pause_;
  std::atomic<bool> closing_{false};
  std::mutex mutex_;                 // of what follows
  std::condition_variable changed_;  // done_ or gone_
  bool begun_ = false, failed_ = false, leaving_ = false;
  std::uint64_t next_ = 0, count_ = 0;
  std::size_t done_ = 0, gone_ = 0;   // other processes: in this round, for good
  std::vector<std::size_t> waiting_;  // asked before it had begun
  std::thread desk_;                  // the last member: it uses the others
};

/// Any other process.
class Follower final : public Ranks {
 public:
  Follower(std::unique_ptr<Post> post, std::chrono::microseconds pause)
      : post_(std::move(post)), pause_(pause) {}

  ~Follower() override {
    post_->send(0, bare(leaves));
    while (wait()[0] != closed) continue;
  }

  std::size_t rank() const noexcept override { return post_->rank(); }
  std::size_t size() const noexcept override { return post_->size(); }

  std::string broadcast(std::string /*of_first*/) override {
    if (!over_ && !alone_) {
      const std::string letter = wait();
      if (letter[0] == text) return letter.substr(1);
      expect(letter[0] == over || alone_);
      over_ = true;
    }
    throw Error(ExitCode::file, "the first process gave up, and so does this one");
  }

  void begin(std::uint64_t /*count*/) override {}

  std::optional<std::uint64_t> next() override {
    if (over_ || alone_ || none_left_) return std::nullopt;
    post_->send(0, bare(asks));
    for (;;) {
      const std::string letter = wait();
      if (letter[0] == number) return number_in(letter);
      if (letter[0] == over) {
        over_ = true;  // the answer is still to come
        continue;
      }
      expect(letter[0] == nothing || alone_);
      none_left_ = true;
      return std::nullopt;
    }
  }

  bool finish(bool ok) override {
    if (alone_) return false;
    post_->send(0, bare(ok ? done : gave_up));
    over_ = none_left_ = false;
    for (;;) {
      const char kind = wait()[0];
      if (kind == all_well || kind == not_well || alone_) return kind == all_well;
    }
  }

  void abort(int exit_code) override { post_->abort(exit_code); }

 private:
  std::string wait() {
    for (Patience patience(pause_);; patience.sleep()) {
      if (auto letter = post_->receive()) {
        if (letter->text[0] == left) alone_ = true;
        return std::move(letter->text);
      }
    }
  }

  static void expect(bool kind_fits) {
    if (!kind_fits) throw std::logic_error("processes of a sweep do not call the same functions");
  }

  std::unique_ptr<Post> post_;
  std::chrono::microseconds pause_;
  bool over_ = false, none_left_ = false;  // in this round
  bool alone_ = false;                     // the first process is gone
};

}  // namespace

std::unique_ptr<Ranks> led_ranks(std::unique_ptr<Post> post, std::chrono::microseconds pause) {
  if (post->rank() == 0) return std::make_unique<Leader>(std::move(post), pause);
  return std::make_unique<Follower>(std::move(post), pause);
}

}  // namespace entente::detail
