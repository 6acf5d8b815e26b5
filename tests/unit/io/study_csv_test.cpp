#include <gmock/gmock.h>

#include <bit>
#include <cmath>
#include <cstdlib>

#include "entente/core/error.hpp"
#include "entente/io/study_file.hpp"
#include "io/scenario/csv.hpp"
#include "result_folder.hpp"
#include "support/made_study.hpp"

namespace entente {
namespace {

using test::made_study;
using test::write_made_study;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

class StudyCsv : public test::ResultFolder {
 protected:
  using Rows = std::vector<std::vector<std::string>>;

  /// Cells of the table of a study, the header first.
  Rows table_of(const Study& study) {
    write_made_study(path("a.h5"), study, true);
    write_study_csv(StudyFile(path("a.h5")), path("a.csv"), true);
    return cells(bytes(path("a.csv")));
  }
  /// The first columns of some rows.
  static Rows first(const Rows& rows, std::size_t from, std::size_t to, std::size_t columns) {
    Rows part;
    for (std::size_t r = from; r < to; ++r) {
      part.emplace_back(rows[r].begin(), rows[r].begin() + static_cast<std::ptrdiff_t>(columns));
    }
    return part;
  }

 private:
  /// RFC 4180, as plainly as it can be said.
  static Rows cells(const std::string& text) {
    Rows rows{{""}};
    bool quoted = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (text[at] == '"') {
        const bool is_quote = quoted && at + 1 < text.size() && text[at + 1] == '"';
        if (is_quote) rows.back().back() += text[at++];
        quoted = is_quote || !quoted;
      } else if (!quoted && text[at] == ',') {
        rows.back().emplace_back();
      } else if (!quoted && text[at] == '\n') {
        rows.push_back({""});
      } else {
        rows.back().back() += text[at];
      }
    }
    rows.pop_back();
    return rows;
  }
};

std::uint64_t bits(double value) { return std::bit_cast<std::uint64_t>(value); }

TEST_F(StudyCsv, HasAColumnForEachThing) {
  const auto rows = table_of(made_study(RandomDesign{20}));
  ASSERT_EQ(rows.size(), 21U);
  const std::vector<std::string> start(rows[0].begin(), rows[0].begin() + 8);
  EXPECT_THAT(
      start, ElementsAre("row", "rate", "rights, \"need\"", "parameter.status", "status", "message",
                         "recognitions@2021-08.mean", "recognitions@2021-08.variance"));
  EXPECT_EQ(rows[0].back(), "first.reached.q95");
  for (const auto& row : rows) EXPECT_EQ(row.size(), 6 + 4 * 8U);
}

TEST_F(StudyCsv, DigitsGiveTheSameNumbersBack) {
  const Study study = made_study(RandomDesign{1500});
  const auto rows = table_of(study);
  ASSERT_EQ(rows.size(), 1501U);
  for (std::size_t row = 0; row < 1500; ++row) {
    const auto& cells = rows[1 + row];
    EXPECT_EQ(cells[0], std::to_string(row));
    const auto values = values_at(study.design, study.space, row);
    for (std::size_t f = 0; f < 2; ++f) {
      EXPECT_EQ(bits(std::strtod(cells[1 + f].c_str(), nullptr)), bits(values[f]));
    }
    const bool failed = test::made_failure(row);
    EXPECT_EQ(cells[4], failed ? "failed" : "ok");
    EXPECT_EQ(cells[5], failed ? test::made_message(row) : "");
    for (std::size_t c = 0; c < 32; ++c) {
      const double number = test::made_number(row, c);
      if (failed || std::isnan(number)) {
        EXPECT_EQ(cells[6 + c], "");
      } else {
        EXPECT_EQ(bits(std::strtod(cells[6 + c].c_str(), nullptr)), bits(number)) << cells[6 + c];
      }
    }
  }
}

TEST_F(StudyCsv, ChoicesStandInWords) {
  const auto rows = table_of(made_study(ListDesign{{1, 1, 2, 1, 1, 0, 1, 1, 1}}));
  EXPECT_EQ(rows[1][3], "a, \"b\"\nc");
  EXPECT_EQ(rows[2][3], "2021-09");
  EXPECT_EQ(rows[3][3], "2.5");
}

TEST_F(StudyCsv, HasThePlaceOfRows) {
  auto rows = table_of(made_study(SaltelliDesign{2, true}));
  EXPECT_THAT(
      first(rows, 0, 10, 4),
      ElementsAre(
          ElementsAre("row", "matrix", "n", "changed"), ElementsAre("0", "A", "0", ""),
          ElementsAre("1", "AB", "0", "rate"), ElementsAre("2", "AB", "0", "rights, \"need\""),
          ElementsAre("3", "AB", "0", "status"), ElementsAre("4", "BA", "0", "rate"),
          ElementsAre("5", "BA", "0", "rights, \"need\""), ElementsAre("6", "BA", "0", "status"),
          ElementsAre("7", "B", "0", ""), ElementsAre("8", "A", "1", "")));
  EXPECT_EQ(rows[0][4], "rate");

  rows = table_of(made_study(GridDesign{{1, 2, 2}}));
  EXPECT_THAT(
      first(rows, 0, 3, 4),
      ElementsAre(ElementsAre("row", "level.rate", "level.rights, \"need\"", "level.status"),
                  ElementsAre("0", "0", "0", "0"), ElementsAre("1", "0", "0", "1")));

  rows = table_of(made_study(OneAtATimeDesign{{0.5}, {0.1}, {0.9}}));
  EXPECT_THAT(first(rows, 0, 4, 3),
              ElementsAre(ElementsAre("row", "changed", "step"), ElementsAre("0", "", ""),
                          ElementsAre("1", "rate", "0"), ElementsAre("2", "rate", "1")));
}

TEST_F(StudyCsv, TellsTheStepsOfTrajectories) {
  const Study study = made_study(MorrisDesign{3});
  const auto rows = table_of(study);
  EXPECT_THAT(first(rows, 0, 2, 5),
              ElementsAre(ElementsAre("row", "trajectory", "step", "changed", "change"),
                          ElementsAre("0", "0", "0", "", "0")));
  for (std::size_t row = 0; row < 12; ++row) {
    const auto place = std::get<MorrisPlace>(study.design.place(row));
    const auto& cells = rows[1 + row];
    EXPECT_EQ(cells[1], std::to_string(row / 4));
    EXPECT_EQ(cells[2], std::to_string(row % 4));
    EXPECT_EQ(cells[3], place.factor ? study.parameters[*place.factor].name : "");
    EXPECT_EQ(std::strtod(cells[4].c_str(), nullptr), place.change);
  }
}

TEST_F(StudyCsv, AColumnNeverHasTheNameOfAnother) {
  Study study = made_study(RandomDesign{1});
  study.parameters[0].name = "row";
  study.parameters[1].name = "parameter.row";
  study.parameters[2].name = "first.mean";
  const auto header = table_of(study)[0];
  const std::vector<std::string> start(header.begin(), header.begin() + 4);
  EXPECT_THAT(start, ElementsAre("row", "parameter.row", "parameter.parameter.row",
                                 "parameter.first.mean"));
}

TEST_F(StudyCsv, KeepsAnExistingTableUnlessForced) {
  write_made_study(path("a.h5"), made_study(RandomDesign{1}));
  std::ofstream(path("a.csv")) << "precious";
  EXPECT_THAT([&] { write_study_csv(StudyFile(path("a.h5")), path("a.csv"), false); },
              ThrowsMessage<FileError>(HasSubstr("a.csv: exists already")));
  EXPECT_EQ(bytes(path("a.csv")), "precious");
  write_study_csv(StudyFile(path("a.h5")), path("a.csv"), true);
  EXPECT_THAT(bytes(path("a.csv")), StartsWith("row,rate,"));
  EXPECT_EQ(files(), 2U);
}

TEST_F(StudyCsv, IsAmongTheTablesOfAnExport) {
  write_made_study(path("a.h5"), made_study(SaltelliDesign{4}));
  write_study_csv(StudyFile(path("a.h5")), path("a.csv"), false);
  const auto written = export_csv(path("a.h5"), path("csv"), false);
  EXPECT_THAT(written, testing::Contains(path("csv/points.csv")));
  EXPECT_EQ(bytes(path("csv/points.csv")), bytes(path("a.csv")));
  EXPECT_THAT(bytes(path("csv/mean.csv")),
              StartsWith("row,output,value\n0,recognitions@2021-08,0.1\n"));
  EXPECT_THAT(bytes(path("csv/matrix.csv")), StartsWith("row,value\n0,A\n1,AB\n"));
  EXPECT_THAT(bytes(path("csv/failure_message.csv")), StartsWith("failed_row,value\n3,\"row 3,"));
}

TEST_F(StudyCsv, AnExportReplacesNoTableOfRowsUnlessForced) {
  write_made_study(path("a.h5"), made_study(RandomDesign{1}));
  std::filesystem::create_directories(path("csv"));
  std::ofstream(path("csv/points.csv")) << "precious";
  EXPECT_THAT([&] { export_csv(path("a.h5"), path("csv"), false); },
              ThrowsMessage<FileError>(HasSubstr("points.csv: exists already")));
  EXPECT_FALSE(std::filesystem::exists(path("csv/value.csv")));
}

}  // namespace
}  // namespace entente
