#include "lab/server/session.hpp"

#include <fmt/format.h>
#include <stdlib.h>  // NOLINT(modernize-deprecated-headers): mkdtemp is POSIX

#include <cerrno>
#include <system_error>

#include "entente/core/error.hpp"
#include "io/posix_file.hpp"

namespace entente::lab {

Session::Session() {
  std::error_code failure;
  const auto temporary = std::filesystem::temp_directory_path(failure);
  if (failure) throw FileError("the temporary folder: " + failure.message());
  std::string name = (temporary / "entente-lab-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) detail::fail_file("make", name, errno);
  folder_ = name;
}

Session::~Session() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
}

std::filesystem::path Session::fresh_path(std::string_view extension) {
  return folder_ / fmt::format("{}{}", next_++, extension);
}

Leftover::~Leftover() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace entente::lab
