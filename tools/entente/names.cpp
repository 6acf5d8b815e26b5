#include "names.hpp"

#include <algorithm>

#include "io/scenario/suggest.hpp"
#include "usage_error.hpp"

namespace entente::cli {

std::size_t find_name(const std::string& option, const std::string& found,
                      const std::vector<std::string>& names, std::string_view what) {
  const auto at = std::find(names.begin(), names.end(), found);
  if (at == names.end()) {
    throw UsageError(option + ": " + detail::unknown_name(found, names, what));
  }
  return static_cast<std::size_t>(at - names.begin());
}

}  // namespace entente::cli
