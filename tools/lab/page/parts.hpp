#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "entente/io/scenario.hpp"
#include "io/shortest.hpp"
#include "json.hpp"

// What documents are put together from.

namespace entente::lab {

using cli::Json;

/// A float of a model as its shortest decimal.
[[nodiscard]] inline Json plain(float value) { return detail::shortest(value); }

/// A number with as many decimals as a chart can show; null where it is not finite.
[[nodiscard]] Json rounded(double value, int decimals = 4);

/// Thousandths of `whole`, rounded half up: it does not fall where `count` rises.
[[nodiscard]] std::uint64_t per_mille(std::uint64_t count, std::uint64_t whole);

/// `Event[]`: the events of a world with what they do in words.
[[nodiscard]] Json events_json(const Model& model);

/// `Knob[]`: all numbers that `--set` and the `set` of a variant can turn and that no series
/// overrules.
[[nodiscard]] Json knobs_json(const Model& model);

/// A name of a file in words: `rights_weight` as `rights weight`.
[[nodiscard]] std::string in_words(std::string name);

}  // namespace entente::lab
