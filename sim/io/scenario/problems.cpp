#include "io/scenario/problems.hpp"

#include <fmt/format.h>

#include <tuple>

namespace entente::detail {

bool Problems::Entry::operator<(const Entry& other) const {
  return std::tie(mark.file, mark.line, mark.column, path, message) <
         std::tie(other.mark.file, other.mark.line, other.mark.column, other.path, other.message);
}

void Problems::add(Mark mark, const std::string& path, const std::string& message) {
  ++reported_;
  if (problems_.size() >= most) {
    ++left_out_;
    return;
  }
  problems_.insert({mark, path, message});
}

void Problems::add(const Place& place, const std::string& message) {
  add(place->mark, place.path, message);
}

void Problems::add_inside(const Place& place, std::size_t offset, const std::string& message) {
  auto mark = place->mark;
  if (place->literal && mark.column > 0)
    mark.column += static_cast<std::uint32_t>(offset + (place->quoted ? 1 : 0));
  add(mark, place.path, message);
}

void Problems::throw_if_any() const {
  if (problems_.empty()) return;
  std::vector<Problem> list;
  for (const auto& entry : problems_)
    list.push_back({sources_[entry.mark.file].shown, entry.mark.line, entry.mark.column, entry.path,
                    entry.message});
  if (left_out_ > 0)
    list.push_back({list.front().file, 0, 0, "", fmt::format("found {} more problems", left_out_)});
  throw InputError(std::move(list));
}

}  // namespace entente::detail
