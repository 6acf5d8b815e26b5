#include "interrupt.hpp"

#include <unistd.h>

#include <csignal>
#include <string>

#include "entente/core/error.hpp"

namespace entente::cli {
namespace {

// What a signal handler may touch: lock-free atomics and memory that nobody changes meanwhile.
std::atomic<bool> stop_requested{false};
std::string leftover_path;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int /*signal*/) {
  if (!stop_requested.exchange(true)) return;
  if (!leftover_path.empty()) ::unlink(leftover_path.c_str());
  ::_exit(static_cast<int>(ExitCode::interrupted));
}

void set_handler(void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) ::sigaction(signal, &action, nullptr);
}

}  // namespace

Interrupt::Interrupt(const std::filesystem::path& leftover) {
  leftover_path = leftover.string();
  stop_requested = false;
  set_handler(on_signal);
}

Interrupt::~Interrupt() { set_handler(SIG_DFL); }

const std::atomic<bool>* Interrupt::flag() const noexcept { return &stop_requested; }

}  // namespace entente::cli
