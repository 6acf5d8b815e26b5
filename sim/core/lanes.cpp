#include "core/lanes.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace entente::lanes {
namespace {

Level from_environment() {
  const char* text = std::getenv("ENTENTE_LEVEL");
  const std::string_view wanted = text == nullptr ? "" : text;
  if (wanted == "plain") return Level::plain;
  if (wanted == "v2") return Level::v2;
  if (wanted == "v3") return Level::v3;
  return Level::v4;
}

}  // namespace

Level supported() {
#ifdef ENTENTE_LANE_LEVELS
  __builtin_cpu_init();  // this may run before the constructor that would do it
  if (__builtin_cpu_supports("x86-64-v4")) return Level::v4;
  if (__builtin_cpu_supports("x86-64-v3")) return Level::v3;
  if (__builtin_cpu_supports("x86-64-v2")) return Level::v2;
#endif
  return Level::plain;
}

namespace detail {
std::atomic<Level> current{std::min(from_environment(), supported())};
}  // namespace detail

void use(Level wanted) { detail::current.store(std::min(wanted, supported())); }

}  // namespace entente::lanes
