#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "entente/io/scenario.hpp"

namespace entente::detail {

/// What messages call a setting of the command line, in place of a file.
inline constexpr auto not_a_file = "--set";

/// Files as they stood when they were first read: what reads them again later gets the same texts,
/// whatever happens to the files meanwhile. Safe from several threads.
class FileTexts {
 public:
  explicit FileTexts(ReadRules rules = {}) : rules_(std::move(rules)) {}
  [[nodiscard]] const ReadRules& rules() const noexcept { return rules_; }

  /// The text of a file, read where that is not yet done.
  ///
  /// @throws FileError  see Sources::open; or the rules do not let it be read
  [[nodiscard]] std::string of(const std::string& path, std::size_t limit);

 private:
  void require_allowed(const std::string& path) const;

  ReadRules rules_;
  std::mutex mutex_;
  std::map<std::string, std::string> texts_;
};

/// Every file that takes part in a scenario, in the order in which they were opened.
class Sources {
 public:
  /// @param kept  texts of files that were read before; none: all files are read
  explicit Sources(std::shared_ptr<FileTexts> kept = nullptr) : kept_(std::move(kept)) {}

  struct File {
    std::string shown;             ///< in messages: the path as the user would type it
    std::filesystem::path folder;  ///< what its relative paths start from
    std::string text;
    bool table = false;
    bool typed = false;  ///< given by the caller; in no file
  };

  /// Reads a regular file of at most `limit` bytes.
  ///
  /// @return  its index; a file that was opened before is not read again
  /// @throws FileError  it does not exist, is no regular file, is too large or cannot be read
  std::uint32_t open(const std::filesystem::path& path, std::size_t limit, bool table);
  /// Adds a text that the caller typed; `shown` names it in messages.
  std::uint32_t add(std::string shown, const std::filesystem::path& folder, std::string text);

  [[nodiscard]] const File& operator[](std::uint32_t file) const { return files_[file]; }
  [[nodiscard]] const std::vector<File>& files() const { return files_; }
  /// Most nodes of a YAML file, after aliases.
  [[nodiscard]] std::size_t yaml_nodes() const {
    return kept_ != nullptr ? kept_->rules().yaml_nodes : ReadRules{}.yaml_nodes;
  }
  /// See ReadRules.
  [[nodiscard]] std::size_t addresses() const {
    return kept_ != nullptr ? kept_->rules().addresses : ReadRules{}.addresses;
  }

 private:
  std::shared_ptr<FileTexts> kept_;
  std::vector<File> files_;
};

}  // namespace entente::detail
