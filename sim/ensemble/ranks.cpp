#include "entente/ensemble/ranks.hpp"

#include <dlfcn.h>
#include <fmt/format.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include "ensemble/launch.hpp"
#include "ensemble/led_ranks.hpp"
#include "ensemble/post.hpp"
#include "entente/core/error.hpp"

namespace entente {
namespace {

class OneRank final : public Ranks {
 public:
  std::size_t rank() const noexcept override { return 0; }
  std::size_t size() const noexcept override { return 1; }
  std::string broadcast(std::string of_first) override { return of_first; }

  void begin(std::uint64_t count) override {
    next_ = 0;
    count_ = count;
  }
  std::optional<std::uint64_t> next() override {
    if (next_ == count_) return std::nullopt;
    return next_++;
  }
  bool finish(bool ok) override {
    next_ = count_ = 0;
    return ok;
  }

  void abort(int exit_code) override {
    std::fflush(nullptr);
    std::_Exit(exit_code);
  }

 private:
  std::uint64_t next_ = 0, count_ = 0;
};

constexpr const char* module_name = "libentente_mpi.so";

/// The module's file, or its bare name, which the system looks up.
std::string module_path() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  if (!error) {
    for (const char* folder : {".", ENTENTE_LIBRARIES_FROM_PROGRAM}) {
      const auto path = (program.parent_path() / folder / module_name).lexically_normal();
      if (std::filesystem::exists(path, error)) return path.string();
    }
  }
  return module_name;
}

/// Null and a reason in `problem` where the module cannot be had. It stays loaded.
detail::OpenPost* find_open_post(std::string& problem) {
  // Open MPI loads modules of its own, which need what this one brings with it: hence global.
  if (void* library = ::dlopen(module_path().c_str(), RTLD_NOW | RTLD_GLOBAL)) {
    if (void* symbol = ::dlsym(library, detail::open_post_name)) {
      return reinterpret_cast<detail::OpenPost*>(symbol);
    }
  }
  const char* reason = ::dlerror();
  problem = reason == nullptr ? "unknown reason" : reason;
  return nullptr;
}

std::unique_ptr<detail::Post> open_post(std::string& problem) {
  detail::OpenPost* open = find_open_post(problem);
  return std::unique_ptr<detail::Post>(open == nullptr ? nullptr : open(&problem));
}

FileError not_joined(const detail::Launch& launch, const std::string& reason) {
  return FileError(fmt::format(
      "{} processes were started together (it says {}), but cannot share the work: {}; allowed: a "
      "program built with -DENTENTE_MPI=ON and started by mpirun of the same MPI, or by srun with "
      "an --mpi that this MPI knows; or one process",
      launch.processes ? std::to_string(*launch.processes) : "several", launch.variable, reason));
}

}  // namespace

std::unique_ptr<Ranks> open_ranks() {
  const auto launch =
      detail::launch_of([](const char* name) -> const char* { return std::getenv(name); });
  if (!launch || launch->processes == 1) return std::make_unique<OneRank>();
  std::string problem;
  auto post = open_post(problem);
  if (!post) throw not_joined(*launch, problem);
  if (launch->processes && post->size() != *launch->processes) {
    throw not_joined(*launch, fmt::format("MPI joins {} of them", post->size()));
  }
  return detail::led_ranks(std::move(post));
}

}  // namespace entente
