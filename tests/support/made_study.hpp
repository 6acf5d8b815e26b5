#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "entente/io/study_file.hpp"

namespace entente::test {

/// A study of four actors over three months that no file describes. Its parameters are hard to
/// write down: a rate, a pair of settings whose name holds a comma and a quote, and a choice that
/// is named as a column of the table is.
///
/// @param fitted  a fourth and a fifth parameter are jointly normal
[[nodiscard]] Study made_study(DesignKind design, bool fitted = false);

/// One design of each kind, for `made_study` without fitted parameters.
[[nodiscard]] std::vector<DesignKind> designs_of_each_kind();

/// Names of the values of a row: eight statistics of four outputs.
[[nodiscard]] std::vector<std::string> made_columns(const Study& study);

// What rows hold: numbers that are hard to keep, and every seventh row failed.
[[nodiscard]] bool made_failure(std::uint64_t row);
[[nodiscard]] std::string made_message(std::uint64_t row);
[[nodiscard]] double made_number(std::uint64_t row, std::size_t column);

/// Adds the rows [first, last) to a writer.
void add_made_rows(StudyWriter& writer, std::size_t columns, std::uint64_t first,
                   std::uint64_t last);

/// Writes the whole study.
void write_made_study(const std::filesystem::path& path, const Study& study, bool force = false);

}  // namespace entente::test
