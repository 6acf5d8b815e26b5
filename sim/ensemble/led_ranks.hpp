#pragma once

#include <chrono>
#include <memory>

#include "ensemble/post.hpp"
#include "entente/ensemble/ranks.hpp"

namespace entente::detail {

/// Processes of which the first hands out, from a thread of its own, so that the others need not
/// wait while it computes. They do not talk with each other.
///
/// Who waits for a letter sleeps between looks, for `pause` at the longest: MPI's own waiting would
/// keep a processor busy, which others on the same machine need for their work.
[[nodiscard]] std::unique_ptr<Ranks> led_ranks(
    std::unique_ptr<Post> post, std::chrono::microseconds pause = std::chrono::milliseconds(1));

}  // namespace entente::detail
