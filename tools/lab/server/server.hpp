#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace entente::lab {

/// What a server is started with.
struct ServerOptions {
  std::filesystem::path source;  ///< scenario or result file to begin with; empty: none
  std::uint16_t port = 0;        ///< 0: a free one
  std::size_t threads = 0;       ///< of a simulation; 0: all
};

/// The server of the lab (tools/lab/README.md): on the loopback device only, for those who know its
/// address with the token in it.
class Server {
 public:
  /// Begins to listen.
  ///
  /// @throws FileError   the port is taken, or the source cannot be read
  /// @throws InputError  the source is a scenario with problems
  explicit Server(const ServerOptions& options);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;
  ~Server();

  /// With the token behind its `#`.
  [[nodiscard]] std::string address() const;

  /// Answers until `stop` is true; then ends what goes on and returns soon.
  void serve(const std::atomic<bool>& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente::lab
