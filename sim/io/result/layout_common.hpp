#pragma once

#include <fmt/format.h>

#include <span>
#include <string>
#include <vector>

#include "io/fields.hpp"
#include "io/result/archive.hpp"
#include "io/result/format.hpp"

// What the parts of the layout of the inputs share (inputs.cpp).

namespace entente::detail::layout {

inline const std::vector<std::string> levels(level_names.begin(), level_names.end());
inline const std::vector<std::string> no_yes{"no", "yes"};

inline std::vector<std::string> names_of(auto first, std::size_t count) {
  std::vector<std::string> names;
  for (std::size_t x = 0; x < count; ++x) {
    names.emplace_back(to_string(static_cast<decltype(first)>(x)));
  }
  return names;
}

/// One variable per row of a table of fields, over all structs of a list.
template <class Archive, class List, class Struct>
void visit_fields(Archive& ar, const std::string& folder,
                  const std::vector<std::string>& dimensions, List& list,
                  std::span<const Field<Struct>> table) {
  for (const auto& field : table) {
    ar.values(fmt::format("{}/{}", folder, field.name), dimensions,
              list.size(), [&](std::size_t i) -> auto& { return list[i].*field.member; },
              {field.meaning, field.unit});
  }
}
template <class Archive, class S, class Struct>
void visit_scalars(Archive& ar, const std::string& folder, S& object,
                   std::span<const Field<Struct>> table) {
  for (const auto& field : table) {
    ar.value(fmt::format("{}/{}", folder, field.name), object.*field.member,
             {field.meaning, field.unit});
  }
}

}  // namespace entente::detail::layout
