#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace entente {

/// Variables of a result file of a run or a what-if, read whole (docs/result-format.md).
class ResultTables {
 public:
  /// @throws FileError  not a result file, of another format version, damaged, or of a study
  explicit ResultTables(const std::filesystem::path& path);
  ResultTables(const ResultTables&) = delete;
  ResultTables& operator=(const ResultTables&) = delete;
  ~ResultTables();

  [[nodiscard]] const std::filesystem::path& path() const noexcept;
  [[nodiscard]] bool contains(const std::string& variable) const;
  /// Values of a variable of numbers, last index fastest.
  ///
  /// @param size  number of values that it has to have
  /// @throws FileError  it is absent, or of another size
  [[nodiscard]] std::vector<double> numbers(const std::string& variable, std::size_t size) const;
  /// Values of a variable of texts; none where it is absent.
  ///
  /// @throws FileError  it cannot be read
  [[nodiscard]] std::vector<std::string> texts(const std::string& variable) const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace entente
