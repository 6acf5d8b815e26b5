#include "entente/io/study_file.hpp"

#include <gmock/gmock.h>
#include <hdf5.h>

#include <bit>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "entente/core/error.hpp"
#include "io/result/netcdf.hpp"
#include "result_folder.hpp"
#include "support/made_study.hpp"

namespace entente {
namespace {

using test::designs_of_each_kind;
using test::made_columns;
using test::made_study;
using test::write_made_study;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using testing::ThrowsMessage;

class StudyFileTest : public test::ResultFolder {
 protected:
  template <class T>
  [[nodiscard]] std::vector<T> read(const std::string& variable) const {
    std::vector<T> values;
    netcdf::Reader(path("a.h5")).read(variable, values);
    return values;
  }
  /// Changes the file with plain HDF5.
  template <class Change>
  void damage(const Change& change) const {
    const hid_t file = H5Fopen(path("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    change(file);
    H5Fclose(file);
  }
  /// Sets all numbers of a variable.
  void damage(const char* variable, double value) const {
    damage([&](hid_t file) {
      const hid_t dataset = H5Dopen2(file, variable, H5P_DEFAULT);
      const auto size = hdf5::product(hdf5::extents(dataset, variable));
      const std::vector<double> values(size, value);
      H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
      H5Dclose(dataset);
    });
  }
  [[nodiscard]] std::string error_of_reading() const {
    try {
      const StudyFile file(path("a.h5"));
      static_cast<void>(file.values());
      static_cast<void>(file.failures());
    } catch (const FileError& error) {
      return error.what();
    }
    return "no error";
  }
};

std::vector<std::uint64_t> bits(const std::vector<double>& values) {
  std::vector<std::uint64_t> bits;
  bits.reserve(values.size());
  for (const double value : values) bits.push_back(std::bit_cast<std::uint64_t>(value));
  return bits;
}

Study random_study(std::size_t points) { return made_study(RandomDesign{points, 1}); }

TEST_F(StudyFileTest, GivesTheHeadBack) {
  const Study study = made_study(SaltelliDesign{4, true}, true);
  write_made_study(path("a.h5"), study);
  const StudyFile file(path("a.h5"));
  const StudyHead& head = file.head();
  EXPECT_EQ(head.title, study.title);
  EXPECT_EQ(head.question, study.question);
  EXPECT_EQ(head.design, "saltelli");
  EXPECT_EQ(head.design_text, text_of(study.design.kind()));
  EXPECT_EQ(head.row_order, row_order(study.design.kind()));
  EXPECT_TRUE(head.second_order);
  EXPECT_EQ(head.rows, 48U);
  EXPECT_EQ(head.first_replicate, 40U);
  EXPECT_EQ(head.replicates, 8U);
  EXPECT_THAT(head.statistics,
              ElementsAre("mean", "variance", "error", "q05", "q25", "q50", "q75", "q95"));
  EXPECT_EQ(head.analysis, study.analysis);
  ASSERT_THAT(head.parameters, SizeIs(5));
  for (std::size_t f = 0; f < 5; ++f) {
    EXPECT_EQ(head.parameters[f].name, study.parameters[f].name);
    EXPECT_EQ(head.parameters[f].paths, study.parameters[f].paths);
    EXPECT_EQ(head.parameters[f].unit, study.parameters[f].unit);
    EXPECT_EQ(head.parameters[f].meaning, study.parameters[f].meaning);
  }
  EXPECT_EQ(head.parameters[0].distribution, text_of(Distribution(Uniform{0.1, 2.0})));
  EXPECT_THAT(head.parameters[1].choices, IsEmpty());
  EXPECT_THAT(head.parameters[2].choices, ElementsAre("2021-09", "2.5", "a, \"b\"\nc"));
}

TEST_F(StudyFileTest, SaysOfWhichMeasureAnOutputIs) {
  write_made_study(path("a.h5"), random_study(3));
  const StudyFile file(path("a.h5"));
  const auto& outputs = file.head().outputs;
  ASSERT_THAT(outputs, SizeIs(4));
  EXPECT_EQ(outputs[0].name, "recognitions@2021-08");
  EXPECT_EQ(outputs[1].name, "recognitions@2021-10");
  EXPECT_EQ(outputs[1].unit, "actors");
  EXPECT_EQ(outputs[1].measure, "count");
  EXPECT_EQ(outputs[2].name, "first");
  EXPECT_EQ(outputs[2].unit, "yr");
  EXPECT_EQ(outputs[3].name, "first.reached");
  EXPECT_EQ(outputs[3].measure, outputs[2].measure);
}

TEST_F(StudyFileTest, AStudyThatSaysLittleComesBackToo) {
  Study study = random_study(2);
  study.question = study.note = "";
  study.sources.clear();
  study.files.clear();
  study.analysis = {};
  for (auto& parameter : study.parameters) parameter.paths.clear();
  write_made_study(path("a.h5"), study);
  const StudyFile file(path("a.h5"));
  EXPECT_EQ(file.head().question, "");
  EXPECT_EQ(file.head().analysis, StudyAnalysis{});
  EXPECT_THAT(file.head().parameters[1].paths, IsEmpty());
  EXPECT_THAT(file.failures(), IsEmpty());
}

TEST_F(StudyFileTest, GivesValuesAndPointsBackToTheBit) {
  for (const auto& kind : designs_of_each_kind()) {
    const Study study = made_study(kind);
    write_made_study(path("a.h5"), study, true);
    const bool is_cube = study.design.coordinates() == Coordinates::cube;
    std::vector<double> values, points;
    for (std::size_t row = 0; row < study.design.rows(); ++row) {
      const auto at = values_at(study.design, study.space, row);
      values.insert(values.end(), at.begin(), at.end());
      const auto point = study.design.point(row);
      if (is_cube) points.insert(points.end(), point.begin(), point.end());
    }
    const StudyFile file(path("a.h5"));
    EXPECT_EQ(file.head().rows, study.design.rows());
    EXPECT_EQ(bits(file.values()), bits(values)) << name_of(kind);
    EXPECT_EQ(bits(file.points()), bits(points)) << name_of(kind);
  }
}

TEST_F(StudyFileTest, GivesStatisticsAndFailuresBackToTheBit) {
  // More than one block of rows, and a last one that is not full.
  const Study study = random_study(2500);
  write_made_study(path("a.h5"), study);
  const StudyFile file(path("a.h5"));
  const std::size_t outputs = file.head().outputs.size();
  const std::size_t statistics = file.head().statistics.size();
  for (std::size_t x = 0; x < outputs; ++x) {
    for (std::size_t s = 0; s < statistics; ++s) {
      std::vector<double> expected;
      for (std::uint64_t row = 0; row < 2500; ++row) {
        expected.push_back(test::made_failure(row) ? std::nan("")
                                                   : test::made_number(row, x * statistics + s));
      }
      EXPECT_EQ(bits(file.output(x, s)), bits(expected)) << x << ' ' << s;
    }
  }
  std::vector<RowFailure> failures;
  for (std::uint64_t row = 3; row < 2500; row += 7) {
    failures.push_back({row, test::made_message(row)});
  }
  EXPECT_EQ(file.failures(), failures);
  EXPECT_THROW(static_cast<void>(file.output(outputs, 0)), std::out_of_range);
  EXPECT_THROW(static_cast<void>(file.output(0, statistics)), std::out_of_range);
}

TEST_F(StudyFileTest, SaysWhereRowsOfSaltellisDesignStand) {
  write_made_study(path("a.h5"), made_study(SaltelliDesign{2}));
  EXPECT_THAT(read<std::uint8_t>("/matrix"), ElementsAre(0, 1, 1, 1, 3, 0, 1, 1, 1, 3));
  EXPECT_THAT(read<std::uint32_t>("/n"), ElementsAre(0, 0, 0, 0, 0, 1, 1, 1, 1, 1));
  EXPECT_THAT(read<std::int32_t>("/changed"), ElementsAre(-1, 0, 1, 2, -1, -1, 0, 1, 2, -1));
}

TEST_F(StudyFileTest, SaysWhereRowsOfOtherDesignsStand) {
  const MorrisDesign morris{2};
  const Study study = made_study(morris);
  write_made_study(path("a.h5"), study);
  EXPECT_THAT(read<std::uint32_t>("/trajectory"), ElementsAre(0, 0, 0, 0, 1, 1, 1, 1));
  EXPECT_THAT(read<std::uint32_t>("/step"), ElementsAre(0, 1, 2, 3, 0, 1, 2, 3));
  const auto changed = read<std::int32_t>("/changed");
  const auto change = read<double>("/change");
  for (std::size_t row = 0; row < 8; ++row) {
    const auto place = std::get<MorrisPlace>(study.design.place(row));
    EXPECT_EQ(changed[row], place.factor ? static_cast<int>(*place.factor) : -1);
    EXPECT_EQ(change[row], place.change);
    EXPECT_EQ(std::abs(change[row]), row % 4 == 0 ? 0.0 : morris.delta());
  }

  write_made_study(path("a.h5"), made_study(GridDesign{{1, 2, 3}}), true);
  EXPECT_THAT(read<std::uint32_t>("/level"),
              ElementsAre(0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 1, 0, 0, 1, 1, 0, 1, 2));

  write_made_study(path("a.h5"), made_study(OneAtATimeDesign{{0.5}, {0.1}, {0.9}}), true);
  EXPECT_THAT(read<std::int32_t>("/changed"), ElementsAre(-1, 0, 0, 1, 1, 2, 2));
  EXPECT_THAT(read<std::int32_t>("/step"), ElementsAre(-1, 0, 1, 0, 1, 0, 1));
}

TEST_F(StudyFileTest, HoldsAllThatWentIn) {
  Study study = made_study(RandomDesign{2}, true);
  study.parameters[1].is_gap = true;
  write_made_study(path("a.h5"), study);
  const netcdf::Reader file(path("a.h5"));
  EXPECT_EQ(hdf5::read_text_attribute(file.root(), "kind"), "study");
  EXPECT_EQ(hdf5::read_text_attribute(file.root(), "identity"), study_identity(study));
  EXPECT_EQ(hdf5::read_number_attribute(file.root(), "seed"), study.base.model.seed);
  // Files of the scenario are not repeated.
  EXPECT_THAT(read<std::string>("/inputs/scenario/file"), ElementsAre("scenario.yaml"));
  EXPECT_THAT(read<std::string>("/inputs/study/file"), ElementsAre("made.yaml", "fit.yaml"));
  EXPECT_EQ(read<std::string>("/inputs/study/text")[1], "covariance: here\n");
  EXPECT_THAT(read<std::string>("/inputs/study/source"), ElementsAre("nobody (2021)", "a, b"));
  EXPECT_THAT(read<std::string>("/inputs/study/note"), ElementsAre("made for tests"));
  EXPECT_THAT(read<std::uint8_t>("/parameter_is_gap"), ElementsAre(0, 1, 0, 0, 0));
  // By place in the block: the fifth parameter is its first.
  EXPECT_THAT(read<std::uint32_t>("/inputs/study/joint_0/parameter"), ElementsAre(4, 3));
  EXPECT_THAT(read<double>("/inputs/study/joint_0/mean"), ElementsAre(0.3, -1.0));
  EXPECT_THAT(read<double>("/inputs/study/joint_0/covariance"), ElementsAre(0.25, 0.1, 0.1, 4.0));
}

TEST_F(StudyFileTest, KeepsAnIdentityOfAnyLength) {
  Study study = random_study(1);
  for (int x = 0; x < 20000; ++x) study.overrides.push_back("a.setting.of.some.length=0.123456789");
  write_made_study(path("a.h5"), study);
  const netcdf::Reader file(path("a.h5"));
  EXPECT_EQ(hdf5::read_text_attribute(file.root(), "identity"), study_identity(study));
  EXPECT_EQ(StudyFile(path("a.h5")).head().title, study.title);
}

TEST_F(StudyFileTest, TheSameStudyGivesTheSameBytes) {
  for (const auto& kind : designs_of_each_kind()) {
    write_made_study(path("a.h5"), made_study(kind), true);
    write_made_study(path("b.h5"), made_study(kind), true);
    EXPECT_TRUE(bytes(path("a.h5")) == bytes(path("b.h5"))) << name_of(kind);
  }
}

TEST_F(StudyFileTest, NumbersThatAreNoneLeaveNoTrace) {
  const Study study = random_study(1);
  const auto columns = made_columns(study);
  for (const auto* name : {"a.h5", "b.h5"}) {
    StudyWriter writer(path(name), study, columns, false);
    const auto nan = std::bit_cast<double>(*name == 'a' ? std::uint64_t{0xfff8000000000001}
                                                        : std::uint64_t{0x7ff8000000000000});
    writer.add({0, RowStatus::ok, {}, std::vector(columns.size(), nan)});
    writer.finish();
  }
  EXPECT_TRUE(bytes(path("a.h5")) == bytes(path("b.h5")));
}

TEST_F(StudyFileTest, RefusesRowsOutOfOrder) {
  const Study study = random_study(4);
  const auto columns = made_columns(study);
  StudyWriter writer(path("a.h5"), study, columns, false);
  const std::vector<double> values(columns.size());
  const auto add = [&](std::uint64_t row, std::span<const double> with) {
    return [&writer, row, with] { writer.add({row, RowStatus::ok, {}, with}); };
  };
  EXPECT_THAT(add(1, values),
              ThrowsMessage<std::invalid_argument>(HasSubstr("found row 1; allowed: 0")));
  add(0, values)();
  EXPECT_THAT(add(0, values),
              ThrowsMessage<std::invalid_argument>(HasSubstr("found row 0; allowed: 1")));
  EXPECT_THAT(add(1, std::span(values).first(5)),
              ThrowsMessage<std::invalid_argument>(HasSubstr("found 5 values of row 1")));
  EXPECT_THAT([&] { writer.finish(); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("3 of 4 rows are missing")));
  for (std::uint64_t row = 1; row < 4; ++row) add(row, values)();
  EXPECT_THAT(add(4, values), ThrowsMessage<std::invalid_argument>(HasSubstr("all rows are")));
  EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
  writer.finish();
  EXPECT_EQ(StudyFile(path("a.h5")).head().rows, 4U);
  EXPECT_THAT(add(4, values), ThrowsMessage<std::invalid_argument>(HasSubstr("all rows are")));
  EXPECT_THROW(writer.finish(), std::invalid_argument);
}

TEST_F(StudyFileTest, RefusesColumnsOfOtherMeasures) {
  const Study study = random_study(4);
  auto columns = made_columns(study);
  std::swap(columns[0], columns[8]);
  EXPECT_THAT([&] { StudyWriter(path("a.h5"), study, columns, false); },
              ThrowsMessage<std::invalid_argument>(HasSubstr("columns of other measures")));
  columns = made_columns(study);
  columns.pop_back();
  EXPECT_THROW(StudyWriter(path("a.h5"), study, columns, false), std::invalid_argument);
  EXPECT_EQ(files(), 0U);
}

TEST_F(StudyFileTest, AnAbandonedWriterLeavesNothing) {
  const Study study = random_study(3000);
  {
    StudyWriter writer(path("a.h5"), study, made_columns(study), false);
    test::add_made_rows(writer, made_columns(study).size(), 0, 2999);
    EXPECT_TRUE(std::filesystem::exists(path("a.h5.part")));
    EXPECT_FALSE(std::filesystem::exists(path("a.h5")));
  }
  EXPECT_EQ(files(), 0U);
}

TEST_F(StudyFileTest, KeepsAnExistingFileUnlessForced) {
  std::ofstream(path("a.h5")) << "precious";
  EXPECT_THAT([&] { write_made_study(path("a.h5"), random_study(1)); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: exists already; allowed: a new name")));
  EXPECT_EQ(bytes(path("a.h5")), "precious");
  write_made_study(path("a.h5"), random_study(1), true);
  EXPECT_TRUE(is_study_file(path("a.h5")));
}

TEST_F(StudyFileTest, KnowsStudiesFromOtherFiles) {
  std::ofstream(path("text.h5")) << "title: none";
  run_into(path("run.h5"), scenario_of(test::tiny_world()), options(1));
  EXPECT_FALSE(is_study_file(path("text.h5")));
  EXPECT_FALSE(is_study_file(path("none.h5")));
  EXPECT_FALSE(is_study_file(path("run.h5")));
  EXPECT_THAT([&] { StudyFile file(path("text.h5")); },
              ThrowsMessage<FileError>(HasSubstr("text.h5: not a result file: not HDF5")));
  EXPECT_THAT([&] { StudyFile file(path("none.h5")); },
              ThrowsMessage<FileError>(HasSubstr("none.h5: cannot be read")));
  EXPECT_THAT(
      [&] { StudyFile file(path("run.h5")); },
      ThrowsMessage<FileError>(AllOf(HasSubstr("run.h5: found a run, which is for `entente run`"),
                                     HasSubstr("allowed: a file of `entente sweep -o`"))));
}

TEST_F(StudyFileTest, IsNoFileOfRuns) {
  write_made_study(path("a.h5"), random_study(1));
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: found the points of a study")));
  EXPECT_THAT([&] { static_cast<void>(read_result_extent(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("allowed: a file of `entente run -o` or")));
}

TEST_F(StudyFileTest, RefusesADamagedFile) {
  write_made_study(path("a.h5"), random_study(2000));
  std::filesystem::resize_file(path("a.h5"), std::filesystem::file_size(path("a.h5")) / 2);
  EXPECT_THAT(error_of_reading(), HasSubstr("a.h5: the results are damaged: "));
}

TEST_F(StudyFileTest, RefusesWhatIsMissing) {
  for (const auto* name :
       {"/value", "/q50", "/status", "/changed", "/parameter", "/parameter_unit", "/output",
        "/choice_parameter", "/inputs/study/resamples", "/failure_message"}) {
    write_made_study(path("a.h5"), made_study(MorrisDesign{2}), true);
    damage([&](hid_t file) { H5Ldelete(file, name, H5P_DEFAULT); });
    EXPECT_THAT(error_of_reading(), HasSubstr("a.h5: the results are damaged: ")) << name;
  }
  write_made_study(path("a.h5"), random_study(1), true);
  damage([&](hid_t file) { H5Adelete(file, "row_order"); });
  EXPECT_THAT(error_of_reading(), HasSubstr("damaged: row_order: "));
}

TEST_F(StudyFileTest, RefusesNumbersThatCannotBe) {
  const auto error_with = [&](const char* variable, double value) {
    write_made_study(path("a.h5"), made_study(MorrisDesign{4}), true);
    damage(variable, value);
    return error_of_reading();
  };
  EXPECT_THAT(error_with("/value", 3.0), HasSubstr("damaged: /value: status has no choice 3"));
  EXPECT_THAT(error_with("/value", 0.5), HasSubstr("/value: status has no choice 0.5"));
  EXPECT_THAT(error_with("/failed_row", 99.0), HasSubstr("damaged: /failed_row: out of order"));
  EXPECT_THAT(error_with("/failed_row", 2.0), HasSubstr("damaged: /failed_row: out of order"));
  EXPECT_THAT(error_with("/choice_parameter", 9.0), HasSubstr("damaged: /choice: of no parameter"));
}

TEST_F(StudyFileTest, RefusesTablesOfOtherShapes) {
  write_made_study(path("a.h5"), random_study(2));
  damage([&](hid_t file) {
    H5Ldelete(file, "/mean", H5P_DEFAULT);
    H5Lmove(file, "/value", file, "/mean", H5P_DEFAULT, H5P_DEFAULT);
    H5Lcopy(file, "/mean", file, "/value", H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_THAT(error_of_reading(), HasSubstr("damaged: /mean: not as long as its dimensions"));
}

}  // namespace
}  // namespace entente
