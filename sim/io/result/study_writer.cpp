#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

#include "entente/io/study_file.hpp"
#include "io/result/inputs.hpp"
#include "io/result/netcdf.hpp"
#include "io/result/part_file.hpp"
#include "io/result/preamble.hpp"
#include "io/result/study_head.hpp"
#include "io/result/study_rows.hpp"

namespace entente {
namespace {

constexpr const char* folder = "/inputs/study/";

/// Writes the files that took part in the study and not in its scenario.
void write_files(netcdf::Writer& file, const Study& study) {
  std::vector<std::string> names, texts;
  for (const auto& source : study.files) {
    const auto& known = study.base.files;
    const bool is_known = std::any_of(known.begin(), known.end(), [&](const SourceFile& x) {
      return x.name == source.name && x.text == source.text;
    });
    if (is_known) continue;
    names.push_back(source.name);
    texts.push_back(source.text);
  }
  if (names.empty()) return;
  const std::string at = folder;
  file.write_coordinate(at + "file", names, {"file that took part in the study alone"});
  file.write(at + "text", {"file"}, texts, {"text of the file"});
}

/// Writes the means and covariances of parameters that are jointly normal.
void write_blocks(netcdf::Writer& file, const FactorSpace& space) {
  for (std::size_t b = 0; b < space.blocks().size(); ++b) {
    const auto& block = space.blocks()[b];
    std::vector<std::uint32_t> members(block.mean.size());
    for (std::uint32_t f = 0; f < space.size(); ++f) {
      const auto* at = std::get_if<BlockPlace>(&space.factors()[f].source);
      if (at != nullptr && at->block == b) members[at->place] = f;
    }
    const std::string at = fmt::format("{}joint_{}/", folder, b);
    file.dimension(at + "place", members.size());
    file.dimension(at + "other_place", members.size());
    file.write(at + "parameter", {"place"}, members,
               {"number of a parameter that is jointly normal with the others"});
    file.write(at + "mean", {"place"}, block.mean, {"mean of the parameter"});
    file.write(at + "covariance", {"place", "other_place"}, block.covariance,
               {"covariance of two parameters"});
  }
}

/// Writes whose values are heights of a rung over the next lower one.
void write_gaps(netcdf::Writer& file, const Study& study) {
  std::vector<std::uint8_t> gaps;
  for (const auto& parameter : study.parameters) gaps.push_back(parameter.is_gap ? 1 : 0);
  const auto dataset =
      file.write("/parameter_is_gap", {"parameter"}, gaps,
                 {"whether the value is how far a rung's baseline lies above the one below"});
  detail::write_flags(dataset.get(), {"no", "yes"});
}

void write_study(netcdf::Writer& file, const Study& study) {
  const std::string at = folder;
  file.write(at + "note", {}, std::vector{study.note}, {"note of the study"});
  if (!study.sources.empty()) {
    file.write_coordinate(at + "source", study.sources, {"source of the study"});
  }
  write_files(file, study);
  write_blocks(file, study.space);
}

}  // namespace

struct StudyWriter::Impl {
  Impl(const std::filesystem::path& path, const Study& study, const StudyHead& head, bool force)
      : rows(head.rows),
        columns(head.outputs.size() * head.statistics.size()),
        target(path, force),
        file(target.part()) {
    detail::write_provenance(file, head.title, detail::FileKind::study);
    const hid_t root = file.group("/");
    hdf5::write_attribute(root, "seed", study.base.model.seed);
    hdf5::write_attribute(root, "identity", study_identity(study));
    detail::write_time(file, study.base.model.calendar);
    detail::write_inputs(file, study.base);
    write_study(file, study);
    detail::write_head(file, head);
    write_gaps(file, study);
    table.emplace(file, study, head);
    file.require_written();
  }

  std::size_t rows, columns;
  detail::PartFile target;
  netcdf::Writer file;
  std::optional<detail::StudyRows> table;
};

StudyWriter::StudyWriter(const std::filesystem::path& path, const Study& study,
                         const std::vector<std::string>& columns, bool force) {
  const auto head = detail::head_of(study, columns);
  detail::writing(path, [&] { impl_ = std::make_unique<Impl>(path, study, head, force); });
}

StudyWriter::~StudyWriter() {
  const hdf5::Quiet quiet;
  impl_.reset();
}

void StudyWriter::add(const ChunkRow& row) {
  const std::size_t next = impl_->table ? impl_->table->size() : impl_->rows;
  if (next == impl_->rows) throw std::invalid_argument("StudyWriter: all rows are there");
  if (row.row != next) {
    throw std::invalid_argument(
        fmt::format("StudyWriter: found row {}; allowed: {}, the next one", row.row, next));
  }
  if (row.values.size() != impl_->columns) {
    throw std::invalid_argument(fmt::format("StudyWriter: found {} values of row {}; allowed: {}",
                                            row.values.size(), row.row, impl_->columns));
  }
  detail::writing(impl_->target.target(), [&] {
    impl_->table->add(row);
    impl_->file.require_written();
  });
}

void StudyWriter::finish() {
  if (!impl_->table) throw std::invalid_argument("StudyWriter: finished already");
  if (const std::size_t there = impl_->table->size(); there != impl_->rows) {
    throw std::invalid_argument(
        fmt::format("StudyWriter: {} of {} rows are missing", impl_->rows - there, impl_->rows));
  }
  detail::writing(impl_->target.target(), [&] {
    impl_->table->write();
    impl_->table.reset();
    impl_->file.close();
    impl_->target.commit();
  });
}

}  // namespace entente
