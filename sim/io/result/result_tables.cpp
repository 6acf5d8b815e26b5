#include "entente/io/result_tables.hpp"

#include <fmt/format.h>

#include "io/result/reading.hpp"

namespace entente {

struct ResultTables::Impl {
  std::filesystem::path path;
  netcdf::Reader file;
};

ResultTables::ResultTables(const std::filesystem::path& path) {
  detail::reading(path, "results", [&] {
    impl_ = std::make_unique<Impl>(
        Impl{path, detail::open_results(path, {detail::FileKind::run, detail::FileKind::whatif})});
  });
}

ResultTables::~ResultTables() {
  const hdf5::Quiet quiet;
  impl_.reset();
}

const std::filesystem::path& ResultTables::path() const noexcept { return impl_->path; }

bool ResultTables::contains(const std::string& variable) const {
  return detail::reading(impl_->path, "results",
                         [&] { return impl_->file.contains("/" + variable); });
}

std::vector<double> ResultTables::numbers(const std::string& variable, std::size_t size) const {
  return detail::reading(impl_->path, "results", [&] {
    std::vector<double> values;
    impl_->file.read("/" + variable, values);
    if (values.size() != size) {
      throw hdf5::Failure(
          fmt::format("{}: found {} values; allowed: {}", variable, values.size(), size));
    }
    return values;
  });
}

std::vector<std::string> ResultTables::texts(const std::string& variable) const {
  return detail::reading(impl_->path, "results", [&] {
    std::vector<std::string> values;
    if (impl_->file.contains("/" + variable)) impl_->file.read("/" + variable, values);
    return values;
  });
}

}  // namespace entente
