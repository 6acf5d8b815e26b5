#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente::detail {

/// What a scalar means.
enum class Scalar : std::uint8_t {
  none,      ///< no scalar is allowed
  text,      ///< any words
  number,    ///< finite, within `min` and `max`
  integer,   ///< within `min` and `max`
  boolean,   ///< true, false, yes, no
  date,      ///< YYYY, YYYY-MM, YYYY-MM-DD
  duration,  ///< number and unit: `6 months`
  choice,    ///< one of `choices`
  rule       ///< a number or an expression
};

struct Spec;

/// A key of a mapping.
struct KeySpec {
  std::string name;
  const Spec* value = nullptr;
  bool required = false;
  std::string meaning;
};

/// The form of a value: which kinds of YAML node it may be and what each of them holds. The same
/// tree of specs checks scenarios and makes the JSON Schema, so they cannot disagree. What a form
/// cannot say (names that exist, dates in order) is checked when the model is built.
struct Spec {
  std::string name;  ///< of a definition that others refer to; empty = written out in place
  std::string meaning;

  Scalar scalar = Scalar::none;
  double min = -std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::string unit;
  std::optional<double> fallback;  ///< where nothing is said, if that is one number everywhere
  std::vector<std::string> choices;
  bool null = false;  ///< `key:` with nothing behind it

  const Spec* item = nullptr;  ///< of a sequence; nullptr = no sequence is allowed
  std::size_t min_items = 0;
  std::size_t max_items = std::numeric_limits<std::size_t>::max();

  bool mapping = false;
  std::vector<KeySpec> keys;
  const Spec* others = nullptr;      ///< value of all keys beside `keys`; nullptr = there are none
  Scalar other_keys = Scalar::text;  ///< what those keys are: text or date
};

/// Owns specs; their addresses stay.
class SpecPool {
 public:
  Spec* add(Spec spec) { return &specs_.emplace_back(std::move(spec)); }

 private:
  std::deque<Spec> specs_;
};

/// What is allowed, in words: `0 to 1 [1]`, `day, week, month`, `a list or a mapping`.
[[nodiscard]] std::string describe(const Spec& spec);

}  // namespace entente::detail
