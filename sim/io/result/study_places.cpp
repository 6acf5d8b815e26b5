#include "io/result/study_places.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <variant>

#include "io/result/inputs.hpp"

namespace entente::detail {
namespace {

constexpr std::array saltelli{
    PlaceVariable{"matrix", PlaceType::matrix, "matrix of which the row is"},
    PlaceVariable{"n", PlaceType::count, "number of the row in its matrix"},
    PlaceVariable{"changed", PlaceType::parameter,
                  "number of the parameter whose column is the other matrix's; -1 = none"}};
constexpr std::array morris{
    PlaceVariable{"trajectory", PlaceType::count, "number of the trajectory"},
    PlaceVariable{"step", PlaceType::count, "number of the point in its trajectory"},
    PlaceVariable{"changed", PlaceType::parameter,
                  "number of the parameter that has changed since the row before; -1 = none"},
    PlaceVariable{"change", PlaceType::change, "by how much it has changed, in the unit cube"}};
constexpr std::array grid{PlaceVariable{"level", PlaceType::levels, "number of the level"}};
constexpr std::array one_at_a_time{
    PlaceVariable{"changed", PlaceType::parameter,
                  "number of the parameter that is not at its base; -1 = none"},
    PlaceVariable{"step", PlaceType::optional, "number of its value from low to high; -1 = base"}};

double number_of(const std::optional<std::size_t>& number) {
  return number ? static_cast<double>(*number) : -1.0;
}

struct Numbers {
  using List = std::vector<double>;
  List operator()(std::monostate) const { return {}; }
  List operator()(const GridPlace& at) const { return {at.levels.begin(), at.levels.end()}; }
  List operator()(const SaltelliPlace& at) const {
    const bool mixed = at.matrix == SaltelliMatrix::ab || at.matrix == SaltelliMatrix::ba;
    return {static_cast<double>(at.matrix), static_cast<double>(at.n),
            mixed ? static_cast<double>(at.factor) : -1.0};
  }
  List operator()(const MorrisPlace& at) const {
    return {static_cast<double>(at.trajectory), static_cast<double>(at.step), number_of(at.factor),
            at.change};
  }
  List operator()(const OneAtATimePlace& at) const {
    return {number_of(at.factor), at.factor ? static_cast<double>(at.step) : -1.0};
  }
};

hid_t file_type_of(PlaceType type) {
  switch (type) {
    case PlaceType::matrix:
      return hdf5::file_type<std::uint8_t>();
    case PlaceType::optional:
    case PlaceType::parameter:
      return hdf5::file_type<std::int32_t>();
    case PlaceType::change:
      return hdf5::file_type<double>();
    case PlaceType::count:
    case PlaceType::levels:
      break;
  }
  return hdf5::file_type<std::uint32_t>();
}

}  // namespace

std::span<const PlaceVariable> place_variables(std::string_view design) {
  if (design == name_of(SaltelliDesign{})) return saltelli;
  if (design == name_of(MorrisDesign{})) return morris;
  if (design == name_of(GridDesign{})) return grid;
  if (design == name_of(OneAtATimeDesign{})) return one_at_a_time;
  return {};
}

std::vector<double> numbers_of(const RowPlace& place) { return std::visit(Numbers{}, place); }

hdf5::Handle create_place(netcdf::Writer& file, const PlaceVariable& variable) {
  std::vector<std::string> dimensions{"row"};
  if (variable.type == PlaceType::levels) dimensions.emplace_back("parameter");
  auto dataset = file.variable(fmt::format("/{}", variable.name), file_type_of(variable.type),
                               dimensions, {variable.meaning});
  if (variable.type == PlaceType::matrix) write_flags(dataset.get(), matrix_names);
  return dataset;
}

}  // namespace entente::detail
