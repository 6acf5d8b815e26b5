#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace entente::detail {

inline constexpr float largest_float = std::numeric_limits<float>::max();

/// A number as it stands in messages.
[[nodiscard]] std::string text(float value);

template <std::unsigned_integral Count>
[[nodiscard]] std::string text(Count value) {
  return std::to_string(value);
}

/// `list[i]`.
[[nodiscard]] std::string item(std::string_view list, std::size_t i);

/// Collects what is wrong, as `path: found X; allowed: Y`. Every check says whether it passed.
class Findings {
 public:
  void report(std::string_view path, const std::string& found, std::string_view allowed);

  /// In [min, max]; NaN is not.
  bool number(std::string_view path, float value, float min, float max);
  bool finite(std::string_view path, float value);
  bool positive(std::string_view path, float value);
  /// A whole number in [min, max].
  bool whole(std::string_view path, float value, float min, float max);
  /// A range that is not empty.
  bool bounds(std::string_view path, float low, float high);
  bool size(std::string_view path, std::size_t found, std::size_t wanted);
  bool below(std::string_view path, std::uint64_t value, std::uint64_t count);
  /// No name empty, none twice.
  void unique_names(std::string_view path, std::vector<std::string_view> names);
  /// The same for the `id` of each entry.
  template <class List>
  void unique_ids(std::string_view path, const List& entries) {
    std::vector<std::string_view> ids;
    ids.reserve(entries.size());
    for (const auto& entry : entries) ids.push_back(entry.id);
    unique_names(path, std::move(ids));
  }
  /// No number twice; `what` is what they number.
  void unique_numbers(std::string_view path, std::string_view what,
                      std::vector<std::uint32_t> numbers);

  [[nodiscard]] std::size_t count() const noexcept { return messages_.size(); }
  [[nodiscard]] std::vector<std::string> take() { return std::move(messages_); }

 private:
  std::vector<std::string> messages_;
};

}  // namespace entente::detail
