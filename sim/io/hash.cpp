#include "io/hash.hpp"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace entente::detail {

std::string hash128(std::string_view bytes) {
  XXH128_canonical_t canonical;
  XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
  return {reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest};
}

}  // namespace entente::detail
