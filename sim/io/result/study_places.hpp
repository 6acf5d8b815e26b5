#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "entente/ensemble/design.hpp"
#include "io/result/netcdf.hpp"

// Where a row of a study stands in its design, as variables of its file and columns of its table.

namespace entente::detail {

/// What a place is told by.
enum class PlaceType : std::uint8_t {
  count,
  optional,   ///< a count; -1 = none
  parameter,  ///< its number; -1 = none
  matrix,     ///< one of `matrix_names`
  change,     ///< in units of the cube
  levels      ///< a count for each parameter
};

/// Names of SaltelliMatrix, in its order.
inline const std::vector<std::string> matrix_names{"A", "AB", "BA", "B"};

struct PlaceVariable {
  std::string_view name;
  PlaceType type;
  std::string_view meaning;
};

/// Variables of a kind of design; none where a row is no more than a row.
[[nodiscard]] std::span<const PlaceVariable> place_variables(std::string_view design);

/// Numbers of a place, in the order of its variables.
[[nodiscard]] std::vector<double> numbers_of(const RowPlace& place);

/// Makes one of the variables.
[[nodiscard]] hdf5::Handle create_place(netcdf::Writer& file, const PlaceVariable& variable);

}  // namespace entente::detail
