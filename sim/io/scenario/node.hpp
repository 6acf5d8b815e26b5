#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace entente::detail {

/// A position in one of the files of a scenario; `file` is an index into `Sources`.
struct Mark {
  std::uint32_t file = 0;
  std::uint32_t line = 0;    ///< 1-based; 0 = the whole file
  std::uint32_t column = 0;  ///< 1-based; 0 = the whole line
};

/// A YAML value that knows where it was written, after aliases are expanded. Plain data: files are
/// merged by moving nodes, and every node keeps the place that it came from.
struct YamlNode {
  enum class Kind : std::uint8_t { null, scalar, sequence, mapping };

  Kind kind = Kind::null;
  bool quoted = false;   ///< a scalar in quotes or in block style
  bool literal = false;  ///< the text stands in the file as it is, so offsets into it are columns
  bool bad = false;      ///< of a wrong form: reported already, treated as absent from then on
  bool tainted = false;  ///< it, or something inside it, is bad
  Mark mark;
  std::string text;               ///< of a scalar
  std::vector<std::string> keys;  ///< of a mapping, in the order of the file
  std::vector<Mark> key_marks;
  std::vector<YamlNode> children;  ///< of a sequence or a mapping

  [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
  [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
  [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
  /// Position of a key; `keys.size()` where it is absent.
  [[nodiscard]] std::size_t position(std::string_view key) const;
  /// Value of a key that is present and not bad, or nullptr.
  [[nodiscard]] const YamlNode* find(std::string_view key) const;
  /// Appends an entry to a mapping.
  YamlNode& insert(std::string key, Mark key_mark, YamlNode value);
};

/// A node and the path that leads to it, such as `events[3].change[0].to`.
struct Place {
  const YamlNode* node = nullptr;
  std::string path;
  std::string_view key{};  ///< of the mapping that it was taken from

  explicit operator bool() const { return node != nullptr; }
  [[nodiscard]] const YamlNode& operator*() const { return *node; }
  [[nodiscard]] const YamlNode* operator->() const { return node; }
  [[nodiscard]] const std::string& text() const { return node->text; }

  /// Value of a key of a mapping; empty where absent or bad.
  [[nodiscard]] Place find(std::string_view name) const;
  /// Element of a sequence.
  [[nodiscard]] Place item(std::size_t index) const;
  /// Value of the entry in a position of a mapping.
  [[nodiscard]] Place entry(std::size_t position) const;
  /// The elements of a sequence, or the node itself: `one or a list`. Bad ones are left out.
  [[nodiscard]] std::vector<Place> one_or_list() const;
  /// The entries of a mapping that are not bad.
  [[nodiscard]] std::vector<Place> entries() const;
};

/// `parent.key`, or `key` at the top. It is for messages: a long key is cut.
[[nodiscard]] std::string join_path(std::string_view parent, std::string_view key);

}  // namespace entente::detail
