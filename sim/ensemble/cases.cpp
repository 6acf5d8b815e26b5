#include "entente/ensemble/cases.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace entente {

bool Cases::complete(std::size_t n) const {
  const auto values = row(n);
  return std::isfinite(y[n]) && std::all_of(values.begin(), values.end(),
                                            [](double value) { return std::isfinite(value); });
}

void Cases::check() const {
  if (factors == 0) throw std::invalid_argument("cases: found no factors");
  if (x.size() != y.size() * factors) {
    throw std::invalid_argument("cases: found unlike numbers of rows of factors and outputs");
  }
}

}  // namespace entente
