#pragma once

#include <compare>
#include <cstdint>

namespace entente {

/// An index that knows what it counts; different kinds do not mix.
template <class Tag>
struct Id {
  std::uint32_t value = 0;

  friend constexpr auto operator<=>(Id, Id) = default;
};

using ActorId = Id<struct ActorTag>;
using AuthorityId = Id<struct AuthorityTag>;
using GroupId = Id<struct GroupTag>;

}  // namespace entente
