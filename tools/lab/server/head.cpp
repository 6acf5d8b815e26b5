#include "lab/server/head.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace entente::lab {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::size_t max_target_bytes = 2048;

// Two of these would let two readers of one request see different ones.
constexpr std::array<std::string_view, 7> only_once{
    "host",           "origin", "authorization", "content-length", "transfer-encoding",
    "sec-fetch-site", "expect"};

bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

// The text up to the next line end, which is taken off as well.
std::optional<std::string_view> next_line(std::string_view& text) {
  const auto end = text.find(line_end);
  if (end == std::string_view::npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + line_end.size());
  return is_printable(line) ? std::optional(line) : std::nullopt;
}

bool read_request_line(std::string_view line, Head& head) {
  const auto first = line.find(' ');
  const auto last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) return false;
  const auto target = line.substr(first + 1, last - first - 1);
  if (line.substr(last + 1) != "HTTP/1.1" || !is_token(line.substr(0, first))) return false;
  if (target.empty() || target.front() != '/' || target.size() > max_target_bytes) return false;
  if (target.find_first_of(" #\t") != std::string_view::npos) return false;
  const auto mark = target.find('?');
  head.method = line.substr(0, first);
  head.path = target.substr(0, mark);
  if (mark != std::string_view::npos) head.query = target.substr(mark + 1);
  return head.query.find('?') == std::string::npos;
}

bool read_field(std::string_view line, Head& head) {
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || !is_token(line.substr(0, colon))) return false;
  auto name = lower(line.substr(0, colon));
  const bool once = std::find(only_once.begin(), only_once.end(), name) != only_once.end();
  if (once && head.find(name) != nullptr) return false;
  head.fields.emplace_back(std::move(name), trimmed(line.substr(colon + 1)));
  return head.fields.size() <= max_head_fields;
}

}  // namespace

const std::string* Head::find(std::string_view name) const {
  for (const auto& [key, value] : fields)
    if (key == name) return &value;
  return nullptr;
}

std::optional<std::size_t> head_length(std::string_view text) {
  constexpr std::string_view end = "\r\n\r\n";
  const auto at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  return at + end.size();
}

std::optional<Head> parse_head(std::string_view text) {
  Head head;
  const auto request = next_line(text);
  if (!request || !read_request_line(*request, head)) return std::nullopt;
  for (;;) {
    const auto line = next_line(text);
    if (!line) return std::nullopt;
    if (line->empty()) return text.empty() ? std::optional(std::move(head)) : std::nullopt;
    if (!read_field(*line, head)) return std::nullopt;
  }
}

}  // namespace entente::lab
