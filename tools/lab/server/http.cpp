#include "lab/server/http.hpp"

#include <httplib.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <fstream>
#include <string>
#include <utility>

#include "entente/core/error.hpp"
#include "lab/page/page.hpp"
#include "lab/server/connection.hpp"
#include "lab/server/guards.hpp"

namespace entente::lab {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr Connection::Times plain_times{seconds(10), seconds(10), seconds(120)};
constexpr Connection::Times upload_times{seconds(120), seconds(10), seconds(120)};
// A page that does not read for this long is none. Its stream has no end of its own.
constexpr Connection::Times event_times{seconds(10), seconds(5), std::chrono::hours(24 * 365)};

/// A connection as the library sees it.
class Channel final : public httplib::Stream {
 public:
  explicit Channel(Connection& connection) : connection_(connection) {}
  using Stream::write;
  [[nodiscard]] bool is_readable() const override { return true; }
  [[nodiscard]] bool is_writable() const override { return connection_.is_open(); }
  ssize_t read(char* to, std::size_t size) override { return connection_.read(to, size); }
  ssize_t write(const char* bytes, std::size_t size) override {
    return connection_.write({bytes, size});
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override {
    ip.clear();
    port = 0;
  }
  void get_local_ip_and_port(std::string& ip, int& port) const override {
    get_remote_ip_and_port(ip, port);
  }
  [[nodiscard]] socket_t socket() const override { return connection_.socket(); }

 private:
  Connection& connection_;
};

Parameters parameters_of(const httplib::Request& request) {
  return {request.params.begin(), request.params.end()};
}

void put_headers(httplib::Response& response, const std::string& policy) {
  for (const auto& [name, value] : security_headers(policy)) response.set_header(name, value);
}

void put(httplib::Response& response, const Answer& answer) {
  response.status = answer.status;
  put_headers(response, std::string(data_policy));
  response.set_content(answer.body, answer.type);
}

// Sends what a function gives, or what its exception says.
template <class Make>
void reply(httplib::Response& response, const Make& make) {
  try {
    put(response, make());
  } catch (...) {
    put(response, answer_of_exception());
  }
}

void send_file(httplib::Response& response, const FileAnswer& file) {
  auto in = std::make_shared<std::ifstream>(file.path, std::ios::binary | std::ios::ate);
  const auto size = static_cast<std::size_t>(std::max<std::streamoff>(in->tellg(), 0));
  if (!*in || size == 0) throw FileError("the result file cannot be read");
  in->seekg(0);
  put_headers(response, std::string(data_policy));
  response.status = 200;
  response.set_header("Content-Disposition", "attachment; filename=\"results.h5\"");
  response.set_content_provider(
      size, "application/x-hdf5",
      [in, keep = file.leftover](std::size_t, std::size_t length, httplib::DataSink& sink) {
        std::array<char, 65536> piece{};
        in->read(piece.data(), static_cast<std::streamsize>(std::min(length, piece.size())));
        const auto count = static_cast<std::size_t>(in->gcount());
        return count > 0 && sink.write(piece.data(), count);
      });
}

}  // namespace

/// The library's server without its sockets and threads.
class Http::Library final : public httplib::Server {
 public:
  Library(Api& api, const std::atomic<bool>& stop)
      : api_(api), stop_(stop), page_(page_html()), page_policy_(page_policy(page_)) {
    svr_sock_ = 0;  // any but "closed", which would end answers half-way
    add_page();
    add_questions();
    add_runs();
    add_streams();
    set_error_handler([](const httplib::Request&, httplib::Response& response) {
      if (!response.body.empty()) return;
      const bool body = response.status == 400;
      put(response, error_answer(response.status,
                                 body ? "found a body that is shorter than its Content-Length, or "
                                        "came too slowly"
                                      : "found no such address"));
    });
    set_exception_handler(
        [](const httplib::Request&, httplib::Response& response, std::exception_ptr failure) {
          reply(response, [&]() -> Answer { std::rethrow_exception(failure); });
        });
  }

  void process(const Visitor& visitor) {
    const auto& admission = visitor.admission;
    std::string text = canonical_head(visitor.head, admission);
    const std::size_t length = text.size() + admission.content_length;
    const auto& times = admission.handling == Handling::events   ? event_times
                        : admission.handling == Handling::upload ? upload_times
                                                                 : plain_times;
    Connection connection(visitor.socket.get(), text + visitor.body, length, times, stop_);
    if (connection.is_broken()) return;  // it had to wait, and went
    Channel channel(connection);
    bool closed = false;
    process_request(channel, true, closed, nullptr);
  }

 private:
  void add_page() {
    Get("/", [this](const httplib::Request&, httplib::Response& response) {
      put_headers(response, page_policy_);
      response.set_content(page_, "text/html; charset=utf-8");
    });
    Get("/favicon.ico", [](const httplib::Request&, httplib::Response& response) {
      put_headers(response, std::string(data_policy));
      response.status = 204;
    });
  }

  void add_questions() {
    Get("/api/initial", [this](const httplib::Request&, httplib::Response& response) {
      reply(response, [&] { return api_.initial(); });
    });
    Get("/api/scenarios", [this](const httplib::Request&, httplib::Response& response) {
      reply(response, [&] { return api_.scenarios(); });
    });
    Get("/api/world", [this](const httplib::Request& request, httplib::Response& response) {
      reply(response, [&] { return api_.world(parameters_of(request)); });
    });
    Get("/api/variant", [this](const httplib::Request& request, httplib::Response& response) {
      reply(response, [&] { return api_.variant(parameters_of(request)); });
    });
    Post("/api/check", [this](const httplib::Request& request, httplib::Response& response) {
      reply(response, [&] { return api_.check(request.body); });
    });
    Post("/api/runs", [this](const httplib::Request& request, httplib::Response& response) {
      reply(response, [&] { return api_.start(request.body); });
    });
  }

  // What guards let through has a name of at most 40 letters here.
  void add_runs() {
    Get("/api/runs/([^/]+)", [this](const httplib::Request& request, httplib::Response& response) {
      reply(response, [&] { return api_.results(request.matches[1]); });
    });
    Delete("/api/runs/([^/]+)",
           [this](const httplib::Request& request, httplib::Response& response) {
             reply(response, [&] { return api_.remove(request.matches[1]); });
           });
    Get("/api/runs/([^/]+)/explain",
        [this](const httplib::Request& request, httplib::Response& response) {
          reply(response, [&] { return api_.explain(request.matches[1], parameters_of(request)); });
        });
    Get("/api/runs/([^/]+)/cascade",
        [this](const httplib::Request& request, httplib::Response& response) {
          reply(response, [&] { return api_.cascade(request.matches[1], parameters_of(request)); });
        });
    Get("/api/runs/([^/]+)/file",
        [this](const httplib::Request& request, httplib::Response& response) {
          send_file(response, api_.file(request.matches[1]));
        });
  }

  void add_streams() {
    Get("/api/events", [this](const httplib::Request&, httplib::Response& response) {
      put_headers(response, std::string(data_policy));
      response.set_chunked_content_provider(
          "text/event-stream", [listener = api_.listen()](std::size_t, httplib::DataSink& sink) {
            const auto text = listener->next();
            if (!text || !sink.is_writable()) {
              sink.done();
              return false;
            }
            return text->empty() || sink.write(text->data(), text->size());
          });
    });
    Post("/api/files", [this](const httplib::Request&, httplib::Response& response,
                              const httplib::ContentReader& read_body) {
      auto place = api_.upload_place();
      std::ofstream out(place->path(), std::ios::binary);
      const bool whole = read_body([&](const char* bytes, std::size_t size) {
        out.write(bytes, static_cast<std::streamsize>(size));
        return out.good();
      });
      out.close();
      if (!whole || !out) return;  // the handler of errors says so
      response.status = -1;
      reply(response, [&] { return api_.open(*place); });
    });
  }

  Api& api_;
  const std::atomic<bool>& stop_;
  std::string page_;
  std::string page_policy_;
};

Http::Http(Api& api, const std::atomic<bool>& stop)
    : library_(std::make_unique<Library>(api, stop)) {}

Http::~Http() = default;

void Http::answer(const Visitor& visitor) {
  try {
    library_->process(visitor);
  } catch (...) {
    // The library could not even make an answer: the connection ends without one.
  }
}

}  // namespace entente::lab
