#include "lab/server/guards.hpp"

#include <fmt/format.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <system_error>

namespace entente::lab {
namespace {

enum class Body : std::uint8_t { none, json, file };

struct Place {
  std::string_view path;
  std::string_view methods;  ///< with blanks around each
  Body body = Body::none;
  Handling handling = Handling::plain;
};

constexpr std::string_view api = "/api/";
constexpr std::string_view runs = "/api/runs/";

constexpr std::array<Place, 9> places{{{"/", " GET "},
                                       {"/favicon.ico", " GET "},
                                       {"/api/initial", " GET "},
                                       {"/api/scenarios", " GET "},
                                       {"/api/world", " GET "},
                                       {"/api/variant", " GET "},
                                       {"/api/check", " POST ", Body::json},
                                       {"/api/runs", " POST ", Body::json},
                                       {"/api/events", " GET ", Body::none, Handling::events}}};
constexpr Place upload{"/api/files", " POST ", Body::file, Handling::upload};
constexpr Place one_run{"", " GET DELETE "};
constexpr Place of_run{"", " GET "};

const Place* find_place(std::string_view path) {
  for (const auto& place : places)
    if (place.path == path) return &place;
  if (path == upload.path) return &upload;
  if (!path.starts_with(runs)) return nullptr;
  path.remove_prefix(runs.size());
  const auto slash = path.find('/');
  if (!is_plain_name(path.substr(0, slash))) return nullptr;
  if (slash == std::string_view::npos) return &one_run;
  const auto what = path.substr(slash + 1);
  return what == "explain" || what == "cascade" || what == "file" ? &of_run : nullptr;
}

bool is_own_host(std::string_view host, std::uint16_t port) {
  return host == fmt::format("127.0.0.1:{}", port) || host == fmt::format("localhost:{}", port);
}

std::optional<Refusal> check_sender(const Head& head, const Doorkeeper& keeper) {
  const auto* host = head.find("host");
  if (host == nullptr || !is_own_host(*host, keeper.port)) {
    return Refusal{403, "found a foreign Host; allowed: the address that the program printed"};
  }
  constexpr std::string_view scheme = "http://";
  if (const auto* origin = head.find("origin")) {
    const bool own = origin->starts_with(scheme) &&
                     is_own_host(std::string_view(*origin).substr(scheme.size()), keeper.port);
    if (!own) return Refusal{403, "found a foreign Origin; allowed: the page of this server"};
  }
  const auto* site = head.find("sec-fetch-site");
  if (site != nullptr && *site != "same-origin" && *site != "none") {
    return Refusal{403, "found a request of another site; allowed: the page of this server"};
  }
  return std::nullopt;
}

bool knows_token(const Head& head, const std::string& token) {
  constexpr std::string_view scheme = "Bearer ";
  const auto* found = head.find("authorization");
  if (found == nullptr || !found->starts_with(scheme)) return false;
  return same_secret(token, std::string_view(*found).substr(scheme.size()));
}

std::variant<Admission, Refusal> check_body(const Head& head, const Place& place) {
  if (head.find("transfer-encoding") != nullptr) {
    return Refusal{411, "found a body of unknown length; allowed: Content-Length"};
  }
  const auto* stated = head.find("content-length");
  if (stated == nullptr && head.method == "POST") {
    return Refusal{411, "found no Content-Length; allowed: the length of the body"};
  }
  std::size_t length = 0;
  if (stated != nullptr) {
    const auto* end = stated->data() + stated->size();
    const auto [at, error] = std::from_chars(stated->data(), end, length);
    if (error == std::errc::result_out_of_range)
      length = max_upload_bytes + 1;
    else if (error != std::errc() || at != end)
      return Refusal{400, "found a Content-Length that is no whole number"};
  }
  const std::size_t most = place.body == Body::none   ? 0
                           : place.body == Body::json ? max_json_bytes
                                                      : max_upload_bytes;
  if (length > most) {
    return Refusal{413,
                   fmt::format("found a body of {} bytes; allowed: at most {}", *stated, most)};
  }
  // Encoded bodies would grow behind the check of their length.
  if (head.find("content-encoding") != nullptr) {
    return Refusal{415, "found an encoded body; allowed: one that is as it is"};
  }
  return Admission{place.handling, length};
}

}  // namespace

std::variant<Admission, Refusal> admit(const Head& head, const Doorkeeper& keeper) {
  if (auto refusal = check_sender(head, keeper)) return *std::move(refusal);
  if (head.path.starts_with(api) && !knows_token(head, keeper.token)) {
    return Refusal{401,
                   "found no token; allowed: the address that the program printed, with all "
                   "that stands behind its #"};
  }
  const auto* place = find_place(head.path);
  if (place == nullptr) return Refusal{404, "found no such address"};
  if (place->methods.find(fmt::format(" {} ", head.method)) == std::string_view::npos) {
    return Refusal{405, fmt::format("found the method {}; allowed:{}", head.method,
                                    place->methods.substr(0, place->methods.size() - 1))};
  }
  return check_body(head, *place);
}

bool expects_continue(const Head& head) {
  const auto* expect = head.find("expect");
  return expect != nullptr && *expect == "100-continue";
}

std::string canonical_head(const Head& head, const Admission& admission) {
  // What is not repeated here no later reader can be misled by: ranges, encodings, connections.
  const bool waits = admission.handling == Handling::upload && expects_continue(head);
  return fmt::format("{} {}{}{} HTTP/1.1\r\nContent-Length: {}\r\n{}Connection: close\r\n\r\n",
                     head.method, head.path, head.query.empty() ? "" : "?", head.query,
                     admission.content_length, waits ? "Expect: 100-continue\r\n" : "");
}

bool same_secret(std::string_view secret, std::string_view found) {
  unsigned difference = secret.size() == found.size() ? 0U : 1U;
  for (std::size_t k = 0; k < secret.size(); ++k) {
    const char other = k < found.size() ? found[k] : '\0';
    difference |= static_cast<unsigned char>(secret[k]) ^ static_cast<unsigned char>(other);
  }
  return difference == 0 && !secret.empty();
}

std::string random_token() {
  std::array<unsigned char, 24> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw std::system_error(errno, std::generic_category(), "no random numbers");
  }
  return fmt::format("{:02x}", fmt::join(bytes, ""));
}

bool is_plain_name(std::string_view name) {
  constexpr std::size_t longest = 40;
  return !name.empty() && name.size() <= longest &&
         std::all_of(name.begin(), name.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
         });
}

HeaderList security_headers(const std::string& policy) {
  return {{"Content-Security-Policy", policy},
          {"X-Content-Type-Options", "nosniff"},
          {"X-Frame-Options", "DENY"},
          {"Referrer-Policy", "no-referrer"},
          {"Cross-Origin-Resource-Policy", "same-origin"},
          {"Cross-Origin-Opener-Policy", "same-origin"},
          {"Cache-Control", "no-store"}};
}

std::string page_policy(std::string_view html) {
  const std::string closed =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";
  const auto meta = html.find("Content-Security-Policy");
  if (meta == std::string_view::npos) return closed;
  constexpr std::string_view attribute = "content=\"";
  const auto tag_end = html.find('>', meta);
  const auto start = html.find(attribute, meta);
  if (start == std::string_view::npos || start > tag_end) return closed;
  const auto rest = html.substr(start + attribute.size());
  std::string policy(rest.substr(0, rest.find('"')));
  if (policy.find_first_of("\r\n&") != std::string::npos) return closed;
  while (!policy.empty() && (policy.back() == ';' || policy.back() == ' ')) policy.pop_back();
  return policy + "; frame-ancestors 'none'";
}

}  // namespace entente::lab
