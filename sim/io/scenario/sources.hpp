#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace entente::detail {

/// What messages call a setting of the command line, in place of a file.
inline constexpr auto not_a_file = "--set";

/// Every file that takes part in a scenario, in the order in which they were opened.
class Sources {
 public:
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

 private:
  std::vector<File> files_;
};

}  // namespace entente::detail
