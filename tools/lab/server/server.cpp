#include "lab/server/server.hpp"

#include <fmt/format.h>

#include <utility>

#include "lab/server/api.hpp"
#include "lab/server/crew.hpp"
#include "lab/server/http.hpp"
#include "lab/server/lobby.hpp"

namespace entente::lab {

struct Server::Impl {
  explicit Impl(const ServerOptions& options)
      : listener(listen_on_loopback(options.port)), api(options.source, options.threads) {}

  Listener listener;
  std::string token = random_token();
  Api api;
};

Server::Server(const ServerOptions& options) : impl_(std::make_unique<Impl>(options)) {}

Server::~Server() = default;

std::string Server::address() const {
  return fmt::format("http://127.0.0.1:{}/#token={}", impl_->listener.port, impl_->token);
}

namespace {

// Whatever ends the service, those who work for it are sent home before what they work with goes.
class ClosingTime {
 public:
  ClosingTime(Api& api, std::atomic<bool>& ended, std::unique_ptr<Crew>& crew)
      : api_(api), ended_(ended), crew_(crew) {}
  ClosingTime(const ClosingTime&) = delete;
  ClosingTime& operator=(const ClosingTime&) = delete;
  ~ClosingTime() {
    ended_ = true;
    api_.close();
    crew_.reset();
  }

 private:
  Api& api_;
  std::atomic<bool>& ended_;
  std::unique_ptr<Crew>& crew_;
};

}  // namespace

void Server::serve(const std::atomic<bool>& stop) {
  std::unique_ptr<Crew> crew;
  std::atomic<bool> ended{false};
  Http http(impl_->api, ended);
  Lobby lobby(std::move(impl_->listener), {impl_->listener.port, impl_->token},
              [&](Visitor&& visitor) { return crew->take(std::move(visitor)); });
  const ClosingTime closing(impl_->api, ended, crew);
  crew = std::make_unique<Crew>([&](Visitor&& visitor) {
    http.answer(visitor);
    lobby.see_off(std::move(visitor.socket));
  });
  lobby.serve(stop);
}

}  // namespace entente::lab
