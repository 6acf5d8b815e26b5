#include <gmock/gmock.h>
#include <hdf5.h>

#include <array>
#include <cmath>
#include <limits>

#include "entente/core/error.hpp"
#include "io/result/event_text.hpp"
#include "io/result/hdf5.hpp"
#include "result_folder.hpp"
#include "same_scenario.hpp"
#include "support/bare_world.hpp"

namespace entente {
namespace {

using test::bare_world;
using test::expect_same;
using test::tiny_world;
using testing::AllOf;
using testing::HasSubstr;
using testing::ThrowsMessage;

class ResultInputs : public test::ResultFolder {};

TEST_F(ResultInputs, ReadBackWhatWasWritten) {
  for (const std::size_t authorities : {1U, 2U}) {
    const Scenario scenario = scenario_of(tiny_world(authorities));
    run_into(path("a.h5"), scenario, options(1), true);
    expect_same(scenario, load_result_inputs(path("a.h5")));
  }
}

TEST_F(ResultInputs, ReadBackAWorldInWhichNothingActs) {
  Scenario scenario;
  scenario.model = bare_world(3, 2);
  run_into(path("a.h5"), scenario, options(1, RecordLevel::summary));
  expect_same(scenario, load_result_inputs(path("a.h5")));
}

TEST_F(ResultInputs, ReadBackNumbersThatAreHardToPrint) {
  Scenario scenario = scenario_of(tiny_world(2));
  Model& model = scenario.model;
  model.seed = std::numeric_limits<std::uint64_t>::max();
  model.events[0].probability = std::nextafter(0.1F, 1.0F);
  model.events[1].changes[0].value = 1.0F / 3.0F;
  model.events[1].when = {
      CountCondition{1, LadderRole::coercion, 2, {0, 4}, true, std::nextafter(0.3F, 0.0F), 0.7F}};
  model.parameters.at(Param::border, 1, 2) = std::numeric_limits<float>::denorm_min();
  model.ladders[0].baseline[1] = 16777217.0F / 3.0F;
  model.authorities[1].dynamics.incoherence = std::nextafter(1.0F, 0.0F);
  model.groups[1].host = 1;
  run_into(path("a.h5"), scenario, options(1));
  expect_same(scenario, load_result_inputs(path("a.h5")));
}

TEST_F(ResultInputs, RunAgainIntoTheSameFile) {
  const Scenario scenario = scenario_of(tiny_world(2));
  run_into(path("a.h5"), scenario, options(5, RecordLevel::full));
  run_into(path("b.h5"), load_result_inputs(path("a.h5")), options(5, RecordLevel::full));
  EXPECT_EQ(bytes(path("a.h5")), bytes(path("b.h5")));
}

TEST_F(ResultInputs, RefuseWhatIsNoResult) {
  std::ofstream(path("text.h5")) << "entente: 1\n";
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("text.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("text.h5: not a result file: not HDF5")));
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("none.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("none.h5: cannot be read")));
  EXPECT_FALSE(is_result_file(path("text.h5")));
  EXPECT_FALSE(is_result_file(path("none.h5")));
}

// The text of a file in the inputs, read from another file than this one.
TEST_F(ResultInputs, RefusePartsOfOtherFiles) {
  const auto with_foreign = [&](const char* link, const auto& make) {
    run_into(path("a.h5"), scenario_of(tiny_world()), options(1), true);
    const hid_t file = H5Fopen(path("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    H5Ldelete(file, link, H5P_DEFAULT);
    make(file);
    H5Fclose(file);
  };
  const auto says = [&](const char* what) {
    return ThrowsMessage<FileError>(
        AllOf(HasSubstr("a.h5: the inputs are damaged: "), HasSubstr(what)));
  };
  const auto load = [&] { static_cast<void>(load_result_inputs(path("a.h5"))); };

  run_into(path("b.h5"), scenario_of(tiny_world()), options(1));
  with_foreign("/inputs/temperature", [&](hid_t file) {
    H5Lcreate_external(path("b.h5").c_str(), "/inputs/temperature", file, "/inputs/temperature",
                       H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_THAT(load, says("/inputs/temperature: a link"));
  with_foreign("/inputs", [&](hid_t file) {
    H5Lcreate_external(path("b.h5").c_str(), "/inputs", file, "/inputs", H5P_DEFAULT, H5P_DEFAULT);
  });
  EXPECT_THAT(load, says("/inputs: a link"));

  std::ofstream(path("secret")) << "four bytes and more";
  with_foreign("/inputs/temperature", [&](hid_t file) {
    const hid_t made = H5Pcreate(H5P_DATASET_CREATE);
    H5Pset_external(made, path("secret").c_str(), 0, sizeof(float));
    const hsize_t one = 1;
    const hid_t space = H5Screate_simple(1, &one, nullptr);
    H5Dclose(H5Dcreate2(file, "/inputs/temperature", H5T_IEEE_F32LE, space, H5P_DEFAULT, made,
                        H5P_DEFAULT));
    H5Sclose(space);
    H5Pclose(made);
  });
  EXPECT_THAT(load, says("/inputs/temperature: data in another file"));
}

TEST_F(ResultInputs, RefuseADamagedFile) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(1));
  EXPECT_TRUE(is_result_file(path("a.h5")));
  std::filesystem::resize_file(path("a.h5"), std::filesystem::file_size(path("a.h5")) / 2);
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: the inputs are damaged: ")));
}

TEST_F(ResultInputs, RefuseAMissingVariable) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(1));
  const hid_t file = H5Fopen(path("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  H5Ldelete(file, "/inputs/parameters/trade", H5P_DEFAULT);
  H5Fclose(file);
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("/inputs/parameters/trade: missing")));
}

TEST_F(ResultInputs, RefuseAModelThatCannotRun) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(1));
  const hid_t file = H5Fopen(path("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  const hid_t dataset = H5Dopen2(file, "/inputs/temperature", H5P_DEFAULT);
  const float zero = 0.0F;
  H5Dwrite(dataset, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, &zero);
  H5Dclose(dataset);
  H5Fclose(file);
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("temperature")));
}

TEST_F(ResultInputs, RefuseObservationsOfWhatIsNotThere) {
  for (const Observation wrong : {Observation{5, 0, LadderRole::engagement, 0, 0, false},
                                  Observation{0, 1, LadderRole::engagement, 0, 0, false},
                                  Observation{0, 0, LadderRole::engagement, 24, 0, false},
                                  Observation{0, 0, LadderRole::recognition, 0, 2, false}}) {
    Scenario scenario = scenario_of(tiny_world());
    scenario.history.observations = {wrong};
    run_into(path("a.h5"), scenario, options(1), true);
    EXPECT_THAT(
        [&] { (void)load_result_inputs(path("a.h5")); },
        ThrowsMessage<FileError>(HasSubstr("the inputs are damaged: an observation is of")));
  }
}

TEST_F(ResultInputs, RefuseAnotherFormat) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(1));
  const hid_t file = H5Fopen(path("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  H5Adelete(file, "entente_format");
  hdf5::write_attribute(file, "entente_format", "7.3");
  H5Fclose(file);
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("found result format '7.3'; allowed: 1.0")));
}

TEST_F(ResultInputs, RefuseWhatHoldsNoRuns) {
  run_into(path("a.h5"), scenario_of(tiny_world()), options(1));
  const auto is_now = [&](std::string_view kind) {
    const hid_t file = H5Fopen(path("a.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    H5Adelete(file, "kind");
    hdf5::write_attribute(file, "kind", kind);
    H5Fclose(file);
  };
  is_now("study");
  EXPECT_THAT([&] { static_cast<void>(load_result_inputs(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr(
                  "a.h5: found the points of a study, which is for `entente analyse` and `export`; "
                  "allowed: a file of `entente run -o` or `entente whatif -o`")));
  is_now("dream");
  EXPECT_THAT([&] { static_cast<void>(read_result_extent(path("a.h5"))); },
              ThrowsMessage<FileError>(HasSubstr("a.h5: found kind 'dream'; allowed: a file of")));
}

TEST(EventText, NamesParametersInsteadOfSlots) {
  const Model model = tiny_world();
  Event event;
  event.id = "x";
  event.changes = {
      {EventOp::set,
       Space::parameter,
       {model.parameters.slot(Param::exposure, 1, 2), model.parameters.slot(Param::exposure, 1, 3),
        model.parameters.slot(Param::sanctions, 0, 0)},
       0.1F,
       0.0F}};
  const auto text = detail::to_text(event, model.parameters);
  EXPECT_THAT(text, HasSubstr(R"({"parameter":"exposure","indices":[7,8]})"));
  EXPECT_THAT(text, HasSubstr(R"({"parameter":"sanctions","indices":[0]})"));
  EXPECT_THAT(text, HasSubstr(R"("value":0.1,)"));
  expect_same(event, detail::event_from_text(text, model.parameters));
}

TEST(EventText, RefusesWhatItDoesNotWrite) {
  const Model model = tiny_world();
  const std::array<std::pair<const char*, const char*>, 5> wrong{
      {{"", "parse error"},
       {"[]", "cannot use at() with array"},
       {R"({"id": "x"})", "'note' not found"},
       {R"({"id":"x","note":"","first_step":0,"last_step":1,"duration":1,"probability":1,"when":[],
            "changes":[{"op":"twist","space":"rung"}]})",
        "unknown name 'twist'"},
       {R"({"id":"x","note":"","first_step":0,"last_step":1,"duration":1,"probability":1,"when":[],
            "changes":[{"op":"set","space":"parameter","value":1,"high":0,
                        "targets":[{"parameter":"trade","indices":[99]}]}]})",
        "position 99 outside 'trade'"}}};
  for (const auto& item : wrong) {
    EXPECT_THAT([&] { static_cast<void>(detail::event_from_text(item.first, model.parameters)); },
                ThrowsMessage<std::invalid_argument>(HasSubstr(item.second)));
  }
}

}  // namespace
}  // namespace entente
