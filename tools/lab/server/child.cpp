#include "lab/server/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <system_error>

#include "entente/core/error.hpp"
#include "io/posix_file.hpp"

// Sanitizers map terabytes that they never touch.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define ENTENTE_LIMITS_MEMORY 0
#else
#define ENTENTE_LIMITS_MEMORY 1
#endif

namespace entente::lab {
namespace {

using detail::Descriptor;
using Clock = std::chrono::steady_clock;

constexpr std::size_t most_errors = 4096;
constexpr std::size_t most_written = 1 << 20;  // a file; it has none to write, but sanitizers do
constexpr int between_looks = 100;             // at the clock and at `stop` [ms]

struct Pipe {
  Descriptor read, write;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw FileError("a pipe: " + std::generic_category().message(errno));
  }
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void limit(int resource, std::size_t most) {
  const rlimit bounds{most, most};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &bounds);
}

// Between fork and exec: nothing here may allocate or lock.
[[noreturn]] void become(char* const* words, const Pipe& output, const Pipe& errors, int nothing,
                         const ChildLimits& limits) {
  ::dup2(nothing, STDIN_FILENO);
  ::dup2(output.write.get(), STDOUT_FILENO);
  ::dup2(errors.write.get(), STDERR_FILENO);
  if (ENTENTE_LIMITS_MEMORY != 0) limit(RLIMIT_AS, limits.memory);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, most_written);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::execv(words[0], words);
  ::_exit(127);
}

/// A process that is no more with the object.
class Process {
 public:
  explicit Process(pid_t id) : id_(id) {}
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;
  ~Process() {
    if (id_ <= 0) return;
    ::kill(id_, SIGKILL);
    (void)wait();
  }

  /// @return  whether it ended well
  bool wait() {
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) {
    }
    id_ = -1;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
  }

 private:
  pid_t id_;
};

// Takes what has come; false at its end. What goes beyond `most` is read and forgotten.
bool take(const Descriptor& from, std::string& to, std::size_t most, bool& beyond) {
  std::array<char, 65536> bytes;
  const auto n = ::read(from.get(), bytes.data(), bytes.size());
  if (n < 0) return errno == EINTR || errno == EAGAIN;
  if (n == 0) return false;
  const auto size = static_cast<std::size_t>(n);
  const std::size_t room = most - std::min(most, to.size());
  to.append(bytes.data(), std::min(room, size));
  beyond = beyond || size > room;
  return true;
}

}  // namespace

ChildEnd run_child(const std::vector<std::string>& words, const ChildLimits& limits,
                   const std::atomic<bool>& stop) {
  std::vector<char*> arguments;
  for (const auto& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  Pipe output = make_pipe();
  Pipe errors = make_pipe();
  const Descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
  const pid_t id = ::fork();
  if (id == 0) become(arguments.data(), output, errors, nothing.get(), limits);
  if (id < 0) throw FileError("a process: " + std::generic_category().message(errno));
  Process process(id);
  output.write.close();
  errors.write.close();

  ChildEnd end;
  bool too_much = false;
  bool ignored = false;
  const auto last = Clock::now() + limits.time;
  while (output.read.open() || errors.read.open()) {
    if (stop || too_much || Clock::now() >= last) return end;  // kills it
    std::array<pollfd, 2> waits{pollfd{output.read.get(), POLLIN, 0},
                                pollfd{errors.read.get(), POLLIN, 0}};
    if (::poll(waits.data(), waits.size(), between_looks) <= 0) continue;
    if (waits[0].revents != 0 && !take(output.read, end.output, limits.output, too_much)) {
      output.read.close();
    }
    if (waits[1].revents != 0 && !take(errors.read, end.errors, most_errors, ignored)) {
      errors.read.close();
    }
  }
  end.whole = process.wait() && !too_much;
  return end;
}

std::string own_program() { return std::filesystem::read_symlink("/proc/self/exe").string(); }

}  // namespace entente::lab
