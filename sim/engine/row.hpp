#pragma once

#include <cstddef>
#include <cstring>
#include <memory>

namespace entente::detail {

/// Room for `count` values that nobody reads before writing them. It is not set to zero: most
/// scratch rows of a task are never touched, and pages never touched cost nothing.
template <class T>
class Row {
 public:
  Row() = default;
  explicit Row(std::size_t count) { resize(count); }

  /// Room for `count` values; what stood here is lost.
  void resize(std::size_t count) {
    // Not std::make_unique, which would set every value.
    values_.reset(new T[count]);  // NOLINT(modernize-make-unique)
#ifndef NDEBUG
    std::memset(values_.get(), 0xA5, count * sizeof(T));  // whoever reads before writing shows
#endif
  }

  [[nodiscard]] T* data() { return values_.get(); }
  [[nodiscard]] const T* data() const { return values_.get(); }
  T& operator[](std::size_t x) { return values_[x]; }
  const T& operator[](std::size_t x) const { return values_[x]; }

 private:
  std::unique_ptr<T[]> values_;
};

}  // namespace entente::detail
