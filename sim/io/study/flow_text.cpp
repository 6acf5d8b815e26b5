#include "io/study/flow_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace entente::detail {

namespace {

// Nothing that YAML may take for something else, whatever stands around it.
bool is_plain(std::string_view text) {
  const auto is_word = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '.' || c == '/' ||
           c == '+' || c == '-' || c == '^' || c == '(' || c == ')' || c == '*';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), is_word) &&
         text.find_first_of("*-") != 0;
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') out += '\\';
    if (byte < 0x20 || byte == 0x7F)
      out += fmt::format("\\x{:02x}", byte);
    else
      out += c;
  }
  return out + '"';
}

}  // namespace

std::string flow_text(std::string_view text) {
  return is_plain(text) ? std::string(text) : quoted(text);
}

std::string flow_text(const YamlNode& node) {
  std::string out;
  switch (node.kind) {
    case YamlNode::Kind::null:
      return "null";
    case YamlNode::Kind::scalar:
      // A number in quotes is text, and one without is not.
      if (node.quoted) return quoted(node.text);
      return is_plain(node.text) || node.text.starts_with('-') ? node.text : quoted(node.text);
    case YamlNode::Kind::sequence:
      for (const auto& child : node.children) out += (out.empty() ? "" : ", ") + flow_text(child);
      return '[' + out + ']';
    case YamlNode::Kind::mapping:
      for (std::size_t k = 0; k < node.keys.size(); ++k)
        out += (out.empty() ? "" : ", ") + flow_text(node.keys[k]) + ": " +
               flow_text(node.children[k]);
      return '{' + out + '}';
  }
  return out;
}

}  // namespace entente::detail
