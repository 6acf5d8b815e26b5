#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace entente::cli {

/// Position of a name that an option was given.
///
/// @param what  the names in a word, where there are many
/// @throws UsageError  there is no such name; the message says what is allowed
[[nodiscard]] std::size_t find_name(const std::string& option, const std::string& found,
                                    const std::vector<std::string>& names, std::string_view what);

/// One field of each element.
template <class Range, class Name>
[[nodiscard]] std::vector<std::string> names_of(const Range& range, Name Range::value_type::*name) {
  std::vector<std::string> out;
  out.reserve(range.size());
  for (const auto& item : range) out.push_back(item.*name);
  return out;
}

}  // namespace entente::cli
