#include <gmock/gmock.h>

#include "entente/core/error.hpp"
#include "result_folder.hpp"

namespace entente {
namespace {

using test::tiny_world;
using testing::HasSubstr;
using testing::StartsWith;
using testing::ThrowsMessage;

class ResultExport : public test::ResultFolder {
 protected:
  static std::size_t lines(const std::string& text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
};

TEST_F(ResultExport, OneRowPerValueOneColumnPerDimension) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(3));
  export_csv(path("a.h5"), path("csv"), false);
  const auto engagement = bytes(path("csv/engagement.csv"));
  EXPECT_THAT(engagement, StartsWith("replicate,time,actor,value\n0,2021-08,ALF,"));
  EXPECT_EQ(lines(engagement), 1U + 3 * 24 * 5);
  const auto posture = bytes(path("csv/posture_probability.csv"));
  EXPECT_THAT(posture, StartsWith("time,group,posture_rung,value\n2021-08,bandits,shelters,"));
  EXPECT_EQ(bytes(path("csv/inputs/temperature.csv")), "value\n1\n");
  EXPECT_EQ(bytes(path("csv/inputs/record.csv")), "value\nrungs\n");
  EXPECT_EQ(bytes(path("csv/inputs/question.csv")), "value\n\"Who moves first, and why?\"\n");
  EXPECT_THAT(bytes(path("csv/inputs/parameters/exposure.csv")),
              HasSubstr("group,actor,value\nbandits,ALF,0.3\nbandits,BRA,0.8\n"));
  EXPECT_EQ(bytes(path("csv/inputs/initial/coercion.csv")),
            "authority,actor,value\nAU1,ALF,pressure\nAU1,BRA,none\nAU1,CHA,none\n"
            "AU1,DEL,pressure\nAU1,ECH,none\n");
}

TEST_F(ResultExport, QuotesLabelsAndNamesOfRungs) {
  Model model = tiny_world();
  model.actors[0].id = "A, \"the first\"";
  model.groups[0].id = "two\nlines";
  model.rights.rungs[0] = "refuses, loudly";
  model.authorities[0].initial_rights = 0;
  Scenario scenario = scenario_of(model);
  scenario.files[0].name = "a, b.yaml";
  run_into(path("a.h5"), scenario, options(1));
  export_csv(path("a.h5"), path("csv"), false);
  EXPECT_THAT(bytes(path("csv/engagement.csv")),
              StartsWith("replicate,time,actor,value\n0,2021-08,\"A, \"\"the first\"\"\","));
  EXPECT_THAT(bytes(path("csv/activity.csv")), HasSubstr("\n0,2021-08,\"two\nlines\","));
  EXPECT_THAT(bytes(path("csv/rights_probability.csv")),
              StartsWith("time,rights_rung,value\n2021-08,\"refuses, loudly\","));
  EXPECT_THAT(bytes(path("csv/inputs/authorities/initial_rights.csv")),
              StartsWith("authority,value\nAU1,\"refuses,_loudly\"\n"));
  EXPECT_THAT(bytes(path("csv/inputs/scenario/text.csv")),
              StartsWith("file,value\n\"a, b.yaml\","));
}

TEST_F(ResultExport, NamesTheFilesItWrote) {
  run_into(path("a.h5"), scenario_of(tiny_world(2)), options(1, RecordLevel::full));
  const auto written = export_csv(path("a.h5"), path("csv"), false);
  std::size_t found = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path("csv"))) {
    found += entry.is_regular_file() ? 1 : 0;
  }
  EXPECT_EQ(written.size(), found);
  EXPECT_THAT(bytes(path("csv/contribution.csv")),
              StartsWith("replicate,authority,ladder,time,actor,term,option,value\n"
                         "0,AU1,engagement,2021-08,ALF,baseline,below,"));
}

TEST_F(ResultExport, SplitsLargeVariables) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(2500));
  export_csv(path("a.h5"), path("csv"), false);
  const auto text = bytes(path("csv/coercion.csv"));
  EXPECT_EQ(lines(text), 1U + 2500 * 24 * 5);
  EXPECT_THAT(text.substr(text.size() - 40), HasSubstr("\n2499,2023-07,ECH,"));
}

TEST_F(ResultExport, KeepsExistingTablesUnlessForced) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(1));
  std::filesystem::create_directories(path("csv"));
  std::ofstream(path("csv/rights.csv")) << "precious";
  EXPECT_THAT([&] { export_csv(path("a.h5"), path("csv"), false); },
              ThrowsMessage<FileError>(HasSubstr("rights.csv: exists already")));
  EXPECT_FALSE(std::filesystem::exists(path("csv/engagement.csv")));
  export_csv(path("a.h5"), path("csv"), true);
  EXPECT_THAT(bytes(path("csv/rights.csv")), StartsWith("replicate,time,value\n"));
}

TEST_F(ResultExport, RefusesWhatIsNoResult) {
  std::ofstream(path("a.h5")) << "text";
  EXPECT_THAT([&] { export_csv(path("a.h5"), path("csv"), false); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: ")));
  EXPECT_THAT([&] { export_csv(path("b.h5"), path("csv"), false); },
              ThrowsMessage<FileError>(HasSubstr("b.h5: cannot be read")));
}

}  // namespace
}  // namespace entente
