#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "lab/server/head.hpp"

namespace entente::lab {

// Who is let in. A page of some web site may send requests to a server on the loopback device, and
// a name of its own may point there (DNS rebinding), so only requests of the server's own page are
// answered, and only to those who know the token. Pure functions; nothing here has a state.

/// Why a request is turned away before its body is read.
struct Refusal {
  int status = 400;
  std::string message;
};

/// How a request is to be handled.
enum class Handling : std::uint8_t {
  plain,   ///< by a thread that soon has an answer; its body is there before
  events,  ///< by a thread of its own, which lives as long as the page
  upload   ///< as plain; its body goes into a file
};

/// A request that is let in.
struct Admission {
  Handling handling = Handling::plain;
  std::size_t content_length = 0;
};

/// What a server lets in.
struct Doorkeeper {
  std::uint16_t port = 0;
  std::string token;
};

/// Most bytes of a body of JSON, and of a result file.
inline constexpr std::size_t max_json_bytes = 256 * 1024;
inline constexpr std::size_t max_upload_bytes = 64 * 1024 * 1024;

/// Decides by the head alone.
///
/// @return  why not: 400 malformed number; 401 no token; 403 foreign Host, Origin or site; 404 no
///          such address; 405 method; 411 chunked or of unknown length; 413 too large; 415 encoded
[[nodiscard]] std::variant<Admission, Refusal> admit(const Head& head, const Doorkeeper& keeper);

/// Whether the other side holds its body back until it is asked for it.
[[nodiscard]] bool expects_continue(const Head& head);

/// The head that a request which was let in is handled by: its target, its length, and of an upload
/// whether its body has to be asked for; nothing else.
[[nodiscard]] std::string canonical_head(const Head& head, const Admission& admission);

/// Compares in a time that depends on the length of `secret` only.
[[nodiscard]] bool same_secret(std::string_view secret, std::string_view found);

/// Random, 192 bits, as hexadecimal digits.
///
/// @throws std::system_error  the system gives no random numbers
[[nodiscard]] std::string random_token();

/// Whether a name may become part of a path: 1 to 40 of `a-z`, `0-9` and `-`.
[[nodiscard]] bool is_plain_name(std::string_view name);

/// Name and value of headers.
using HeaderList = std::vector<std::pair<std::string, std::string>>;

/// Headers of every answer.
///
/// @param policy  Content-Security-Policy of what is sent
[[nodiscard]] HeaderList security_headers(const std::string& policy);

/// Policy of answers that are no page.
inline constexpr std::string_view data_policy = "default-src 'none'; frame-ancestors 'none'";

/// Policy of a page: the one that its own <meta> element states, with what a <meta> cannot say. A
/// page without one may do nothing but show itself.
[[nodiscard]] std::string page_policy(std::string_view html);

}  // namespace entente::lab
