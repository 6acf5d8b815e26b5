// The module libentente_mpi.so: the only place that knows MPI. The program loads it where a
// launcher started several processes (ranks.cpp), so that it runs where there is no MPI.

#include <mpi.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <limits>
#include <list>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

#include "ensemble/post.hpp"

namespace entente::detail {
namespace {

// MPI's own answer to an error, which ends all processes with a message, is left as it is.
class MpiPost final : public Post {
 public:
  MpiPost() {
    MPI_Comm_dup(MPI_COMM_WORLD, &processes_);
    MPI_Comm_rank(processes_, &rank_);
    MPI_Comm_size(processes_, &size_);
  }

  ~MpiPost() override {
    while (!all_sent()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    MPI_Comm_free(&processes_);
    MPI_Finalize();
  }

  std::size_t rank() const noexcept override { return static_cast<std::size_t>(rank_); }
  std::size_t size() const noexcept override { return static_cast<std::size_t>(size_); }

  void send(std::size_t to, std::string text) override {
    if (text.size() > static_cast<std::size_t>(std::numeric_limits<int>::max())) {
      throw std::length_error("a text for other processes has more than 2^31 bytes");
    }
    const std::lock_guard lock(mutex_);
    Outgoing& outgoing = outgoing_.emplace_back(Outgoing{std::move(text), MPI_REQUEST_NULL});
    MPI_Isend(outgoing.text.data(), static_cast<int>(outgoing.text.size()), MPI_BYTE,
              static_cast<int>(to), 0, processes_, &outgoing.request);
  }

  std::optional<Letter> receive() override {
    const std::lock_guard lock(mutex_);
    drop_sent();
    int arrived = 0;
    MPI_Status status;
    MPI_Iprobe(MPI_ANY_SOURCE, 0, processes_, &arrived, &status);
    if (arrived == 0) return std::nullopt;
    int bytes = 0;
    MPI_Get_count(&status, MPI_BYTE, &bytes);
    Letter letter{static_cast<std::size_t>(status.MPI_SOURCE),
                  std::string(static_cast<std::size_t>(bytes), '\0')};
    MPI_Recv(letter.text.data(), bytes, MPI_BYTE, status.MPI_SOURCE, 0, processes_,
             MPI_STATUS_IGNORE);
    return letter;
  }

  [[noreturn]] void abort(int exit_code) override {
    std::fflush(nullptr);
    MPI_Abort(MPI_COMM_WORLD, exit_code);
    std::abort();
  }

 private:
  struct Outgoing {
    std::string text;
    MPI_Request request;
  };

  void drop_sent() {
    outgoing_.remove_if([](Outgoing& outgoing) {
      int sent = 0;
      MPI_Test(&outgoing.request, &sent, MPI_STATUS_IGNORE);
      return sent != 0;
    });
  }

  bool all_sent() {
    const std::lock_guard lock(mutex_);
    drop_sent();
    return outgoing_.empty();
  }

  std::mutex mutex_;  // MPI is asked for calls from one thread at a time only
  MPI_Comm processes_ = MPI_COMM_NULL;
  int rank_ = 0, size_ = 1;
  std::list<Outgoing> outgoing_;  // a list: MPI reads the texts where they are
};

}  // namespace
}  // namespace entente::detail

extern "C" __attribute__((visibility("default"))) entente::detail::Post* entente_open_post_1(
    std::string* problem) try {
  int threads = MPI_THREAD_SINGLE;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_SERIALIZED, &threads);
  if (threads < MPI_THREAD_SERIALIZED) {
    *problem = "this MPI does not allow several threads (MPI_THREAD_SERIALIZED)";
    return nullptr;
  }
  return new entente::detail::MpiPost;
} catch (const std::exception& error) {
  *problem = error.what();
  return nullptr;
}
