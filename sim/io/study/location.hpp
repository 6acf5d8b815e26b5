#pragma once

#include <filesystem>
#include <string>

namespace entente::detail {

/// A study's file as far as it goes without its scenario.
struct StudyLocation {
  std::string shown;             ///< in messages: the path as the user would type it
  std::filesystem::path folder;  ///< what its relative paths start from
  std::string text;
  std::filesystem::path scenario;  ///< folder or file
};

/// Reads a study's file and finds its scenario.
///
/// @throws FileError   the file cannot be read
/// @throws InputError  it is no YAML, of another format, or names no scenario
[[nodiscard]] StudyLocation locate_study(const std::filesystem::path& file);

}  // namespace entente::detail
