#include "interrupt.hpp"

#include <unistd.h>

#include <csignal>
#include <string>

#include "entente/core/error.hpp"

namespace entente::cli {
namespace {

// What a signal handler may touch: lock-free atomics and memory that nobody changes any more.
std::atomic<bool> stop_requested{false};
std::atomic<bool> has_leftover{false};
std::string leftover_path;
static_assert(std::atomic<bool>::is_always_lock_free);

extern "C" void on_signal(int /*signal*/) {
  if (!stop_requested.exchange(true)) return;
  if (has_leftover) ::unlink(leftover_path.c_str());
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

Interrupt::Interrupt() {
  stop_requested = false;
  has_leftover = false;
  set_handler(on_signal);
}

void Interrupt::remove_at_once(const std::filesystem::path& leftover) {
  if (has_leftover) return;
  leftover_path = leftover.string();
  has_leftover = true;
}

Interrupt::~Interrupt() { set_handler(SIG_DFL); }

const std::atomic<bool>* Interrupt::flag() const noexcept { return &stop_requested; }

}  // namespace entente::cli
