#include "io/scenario/yaml.hpp"

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "io/scenario/suggest.hpp"
#include "io/scenario/utf8.hpp"

namespace entente::detail {

namespace {

// Thrown through the parser when a limit is met; the problem is reported already.
struct Abandoned {};

// Turns yaml-cpp's marks (0-based, bytes) into ours (1-based, characters).
class Marker {
 public:
  Marker(const std::string& text, std::uint32_t file) : text_(text), file_(file) {
    starts_.push_back(0);
    for (std::size_t k = 0; k < text.size(); ++k)
      if (text[k] == '\n') starts_.push_back(k + 1);
  }

  [[nodiscard]] std::size_t offset(const YAML::Mark& mark) const {
    const auto line = static_cast<std::size_t>(std::max(mark.line, 0));
    const auto start = starts_[std::min(line, starts_.size() - 1)];
    return std::min(start + static_cast<std::size_t>(std::max(mark.column, 0)), text_.size());
  }

  [[nodiscard]] Mark operator()(const YAML::Mark& mark) const {
    if (mark.is_null()) return {file_, 0, 0};
    const auto end = offset(mark);
    const auto bytes = static_cast<std::size_t>(std::max(mark.column, 0));
    // Counting characters costs the length of the line: worth it for lines that people read.
    std::size_t column = bytes;
    if (bytes < 1000)
      column = line_column(std::string_view(text_).substr(end - std::min(end, bytes)),
                           std::min(end, bytes))
                   .column -
               1;
    return {file_, static_cast<std::uint32_t>(mark.line + 1),
            static_cast<std::uint32_t>(column + 1)};
  }

  // Whether the quote that opens in `mark` (if there is one) occurs again.
  [[nodiscard]] bool closes(const YAML::Mark& mark) const {
    const auto start = offset(mark);
    if (start >= text_.size() || (text_[start] != '"' && text_[start] != '\'')) return true;
    return text_.find(text_[start], start + 1) != std::string::npos;
  }

  [[nodiscard]] bool stands_at(const YAML::Mark& mark, std::size_t skip,
                               const std::string& value) const {
    return text_.compare(std::min(offset(mark) + skip, text_.size()), value.size(), value) == 0;
  }

 private:
  const std::string& text_;
  std::uint32_t file_;
  std::vector<std::size_t> starts_;
};

// What trees of a file may hold. Aliases repeat what they name: few bytes make many nodes, and few
// nodes much text.
struct TreeLimits {
  std::size_t nodes = 0;
  std::size_t bytes = 0;  // of texts and keys
};

TreeLimits limits_of(const Sources& sources, std::uint32_t file) {
  return {sources.yaml_nodes(), sources[file].text.size() + max_yaml_bytes};
}

// Size of a tree, or of part of one.
struct TreeSize {
  std::size_t nodes = 0;
  std::size_t bytes = 0;
};

// Builds the tree from the parser's events.
class TreeBuilder final : public YAML::EventHandler {
 public:
  TreeBuilder(const Marker& marker, const TreeLimits& limits, Problems& problems)
      : marker_(marker), limits_(limits), problems_(problems) {}

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add(node(YamlNode::Kind::null, mark), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    auto scalar = node(YamlNode::Kind::scalar, mark);
    scalar.quoted = tag == "!";
    if (scalar.quoted) last_quoted_ = mark;
    refuse_tag(scalar.mark, tag);
    scalar.literal = marker_.stands_at(mark, scalar.quoted ? 1 : 0, value);
    scalar.text = value;
    add(std::move(scalar), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::sequence, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(YamlNode::Kind::mapping, mark, tag, anchor);
  }
  void OnMapEnd() override { close(); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) {
      // The anchor is still open: it would contain itself.
      problems_.add(marker_(mark), "",
                    "found an alias to a node that contains it; allowed: a tree");
      throw Abandoned{};
    }
    const auto& subtree = known->second;
    if (levels_.size() + subtree.depth > max_yaml_depth) too_deep(marker_(mark));
    count(marker_(mark), subtree.size);
    put(subtree.node);
  }

  // The parser takes a quote that is never closed for the rest of the file.
  void check_last_quote() {
    if (last_quoted_.is_null() || marker_.closes(last_quoted_)) return;
    problems_.add(marker_(last_quoted_), "",
                  "found a quote that is never closed; allowed: a closing quote");
    throw Abandoned{};
  }

  YamlNode root;

 private:
  struct Subtree {
    YamlNode node;
    TreeSize size;
    std::size_t depth = 0;
  };
  struct Level {
    YamlNode node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    TreeSize before;        // of the tree, as it began
    std::size_t depth = 1;  // of what it holds, itself included
    bool has_key = false;
    std::string key;
    Mark key_mark;
    std::unordered_map<std::string, std::uint32_t> seen;  // key to line
  };

  [[nodiscard]] YamlNode node(YamlNode::Kind kind, const YAML::Mark& mark) const {
    YamlNode made;
    made.kind = kind;
    made.mark = marker_(mark);
    return made;
  }

  void refuse_tag(Mark mark, const std::string& tag) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    problems_.add(mark, "",
                  fmt::format("found tag {}; allowed: plain YAML without tags", quote(tag)));
  }

  void count(Mark mark, TreeSize more) { enlarge(tree_, more, mark, "after aliases"); }

  // Anchors inside anchors keep copies of copies.
  void keep(Mark mark, TreeSize more) { enlarge(kept_, more, mark, "under anchors"); }

  void enlarge(TreeSize& size, TreeSize more, Mark mark, std::string_view where) {
    size.nodes += more.nodes;
    size.bytes += more.bytes;
    if (size.nodes > limits_.nodes) {
      problems_.add(
          mark, "",
          fmt::format("found more than {} YAML nodes {}; allowed: fewer", limits_.nodes, where));
    } else if (size.bytes > limits_.bytes) {
      problems_.add(mark, "",
                    fmt::format("found more text {} than the file's own and {} MiB; allowed: less",
                                where, max_yaml_bytes >> 20));
    } else {
      return;
    }
    throw Abandoned{};
  }

  [[noreturn]] void too_deep(Mark mark) {
    problems_.add(mark, "",
                  fmt::format("found YAML nested deeper than {}; allowed: at most {}",
                              max_yaml_depth, max_yaml_depth));
    throw Abandoned{};
  }

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    auto made = node(kind, mark);
    refuse_tag(made.mark, tag);
    if (levels_.size() >= max_yaml_depth) too_deep(made.mark);
    levels_.push_back({});
    levels_.back().node = std::move(made);
    levels_.back().anchor = anchor;
    levels_.back().before = tree_;
  }

  void close() {
    auto level = std::move(levels_.back());
    levels_.pop_back();
    if (!levels_.empty()) levels_.back().depth = std::max(levels_.back().depth, level.depth + 1);
    if (level.anchor != YAML::NullAnchor) {
      const TreeSize size{tree_.nodes - level.before.nodes + 1, tree_.bytes - level.before.bytes};
      keep(level.node.mark, size);
      anchors_[level.anchor] = {level.node, size, level.depth};
    }
    add(std::move(level.node), YAML::NullAnchor);
  }

  void add(YamlNode made, YAML::anchor_t anchor) {
    const TreeSize size{1, made.text.size()};
    count(made.mark, size);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = {made, size, 0};
    put(std::move(made));
  }

  void put(YamlNode made) {
    if (levels_.empty()) {
      root = std::move(made);
      return;
    }
    auto& level = levels_.back();
    if (level.node.is_sequence())
      level.node.children.push_back(std::move(made));
    else if (level.has_key)
      add_value(level, std::move(made));
    else
      add_key(level, made);
  }

  void add_key(Level& level, const YamlNode& made) {
    if (!made.is_scalar())
      problems_.add(made.mark, "", "found a key that is not a word; allowed: a word");
    level.key = made.text;
    level.key_mark = made.mark;
    level.has_key = true;
  }

  void add_value(Level& level, YamlNode made) {
    level.has_key = false;
    const auto [first, fresh] = level.seen.emplace(level.key, level.key_mark.line);
    if (!fresh) {
      problems_.add(
          level.key_mark, level.key,
          fmt::format("found this key twice; allowed: once (first in line {})", first->second));
      return;
    }
    // What is not there is best looked for behind its key.
    if (made.kind == YamlNode::Kind::null) made.mark = level.key_mark;
    level.node.insert(std::move(level.key), level.key_mark, std::move(made));
  }

  const Marker& marker_;
  TreeLimits limits_;
  Problems& problems_;
  std::vector<Level> levels_;
  std::unordered_map<YAML::anchor_t, Subtree> anchors_;
  YAML::Mark last_quoted_ = YAML::Mark::null_mark();
  TreeSize tree_;
  TreeSize kept_;
};

bool is_text(const std::string& text, std::uint32_t file, Problems& problems) {
  const auto bad = first_bad_byte(text);
  if (!bad) return true;
  const auto place = line_column(text, *bad);
  problems.add(
      {file, static_cast<std::uint32_t>(place.line), static_cast<std::uint32_t>(place.column)}, "",
      fmt::format("found byte 0x{:02x}; allowed: UTF-8 text",
                  static_cast<unsigned char>(text[*bad])));
  return false;
}

// The parser looks ahead through any number of brackets, at hundreds of bytes for each. More open
// ones than anybody means are refused before it starts; what brackets in words add does not matter.
bool is_shallow(const std::string& text, std::uint32_t file, Problems& problems) {
  constexpr std::ptrdiff_t most_open = 1000;
  std::ptrdiff_t open = 0;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text[k] == '[' || text[k] == '{') ++open;
    if ((text[k] == ']' || text[k] == '}') && open > 0) --open;
    if (open <= most_open) continue;
    const auto place = line_column(text, k);
    problems.add(
        {file, static_cast<std::uint32_t>(place.line), static_cast<std::uint32_t>(place.column)},
        "",
        fmt::format("found more than {} open brackets; allowed: YAML nested at most {} deep",
                    most_open, max_yaml_depth));
    return false;
  }
  return true;
}

void parse_documents(const Sources& sources, std::uint32_t file, TreeBuilder& tree,
                     const Marker& marker, Problems& problems) {
  std::istringstream stream(sources[file].text);
  YAML::Parser parser(stream);
  if (!parser.HandleNextDocument(tree)) {
    problems.add({file, 0, 0}, "", "found an empty file; allowed: a mapping");
    return;
  }
  tree.check_last_quote();
  TreeBuilder second(marker, limits_of(sources, file), problems);
  if (parser.HandleNextDocument(second))
    problems.add(second.root.mark, "", "found a second YAML document; allowed: one");
}

}  // namespace

YamlNode parse_yaml(const Sources& sources, std::uint32_t file, Problems& problems) {
  const auto& text = sources[file].text;
  if (!is_text(text, file, problems) || !is_shallow(text, file, problems)) return {};
  const Marker marker(text, file);
  TreeBuilder tree(marker, limits_of(sources, file), problems);
  try {
    parse_documents(sources, file, tree, marker, problems);
  } catch (const YAML::Exception& failure) {
    problems.add(marker(failure.mark), "",
                 fmt::format("found text that is not YAML ({}); allowed: YAML", failure.msg));
    return {};
  } catch (const Abandoned&) {
    return {};
  }
  return std::move(tree.root);
}

}  // namespace entente::detail
