#include "entente/io/knobs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

#include "entente/core/error.hpp"

namespace entente {
namespace {

using Values = std::vector<KnobValue>;

const std::filesystem::path flagship = "scenarios/afghanistan-2026";  // tests run in the root

Knobs knobs_of(std::vector<Knob> knobs, VariantSource variant = {}) {
  return {flagship, std::move(variant), {}, std::move(knobs)};
}

TEST(Knobs, WriteNumbersThatAreTakenAsTheyAre) {
  const auto knobs = knobs_of({{"terms.rights.coefficient", {0.0, 1.0, 4.0}},
                               {"ladders.recognition.rate", {1.0, 12.0}},
                               {"events.drought.probability", {0.0, 0.4, 1.0}},
                               {"events.drought.change.by", {0.05, 0.2}},
                               {"authorities.IEA.sanctions", {0.2, 0.9}},
                               {"authorities.IEA.dynamics.doctrine", {1.0, 8.0}},
                               {"actors.override.CHN.confrontation", {0.1, 0.7}},
                               {"temperature", {0.5, 2.0}}});
  for (std::size_t k = 0; k < knobs.size(); ++k) {
    EXPECT_TRUE(knobs.is_direct(k)) << k;
    EXPECT_EQ(knobs.places(k), 1U) << k;
  }
  for (const auto& values : {Values{0.1, 3.3, 0.77, 0.123, 0.5, 2.0, 0.333, 0.9},
                             Values{4.0, 1.0, 0.0, 0.2, 0.9, 8.0, 0.1, 2.0}}) {
    EXPECT_EQ(knobs.at(values), knobs.read(values).model);
  }
}

TEST(Knobs, WriteToEveryPlaceThatANumberReaches) {
  const auto knobs = knobs_of({{"actors.derive.economic_weight", {0.5, 1.0, 2.0}}});
  EXPECT_TRUE(knobs.is_direct(0));
  EXPECT_EQ(knobs.places(0), 192U);
  EXPECT_EQ(knobs.at(Values{1.25}), knobs.read(Values{1.25}).model);
}

TEST(Knobs, ReadAnewWhatTakesAnotherWay) {
  const auto knobs = knobs_of({{"variables.size.missing.capability", {0.001, 0.002}},
                               {"events.drought.date", {"2027-07", "2028-01"}},
                               {"terms.rights.coefficient", {0.0, 4.0}}});
  EXPECT_FALSE(knobs.is_direct(0));
  EXPECT_FALSE(knobs.is_direct(1));
  EXPECT_TRUE(knobs.is_direct(2));
  const Values values{0.0015, "2028-05", 1.5};
  const Model model = knobs.at(values);
  EXPECT_EQ(model, knobs.read(values).model);
  EXPECT_FALSE(model == knobs.at(Values{0.0015, "2028-06", 1.5}));
}

TEST(Knobs, ReadListedValuesOnce) {
  // Dates, and no event at all: each combination gives the others' places anew.
  const Knob date{"events.drought.date", {"2027-07", "2028-01", "2029-11"}, true};
  const Knob mover{"events.washington-2029.probability", {0.0, 1.0}, true};
  const auto knobs = knobs_of({date, mover, {"terms.rights.coefficient", {0.0, 2.0, 4.0}}});
  for (const auto& when : date.probes) {
    for (const double rights : {0.3, 1.7, 0.3}) {
      for (const auto& probability : mover.probes) {
        const Values values{when, probability, rights};
        EXPECT_EQ(knobs.at(values), knobs.read(values).model);
      }
    }
  }
}

TEST(Knobs, ReadAnewWhereAListedValueBearsOnOthers) {
  // Under one of the rules a number goes to one place more than under the other.
  const auto knobs =
      knobs_of({{"actors.derive.rights_weight", {"1.5 + 0", "economic_weight"}, true},
                {"actors.derive.economic_weight", {0.5, 2.0}}});
  for (const auto* rule : {"1.5 + 0", "economic_weight", "1.5 + 0"}) {
    const Values values{rule, 1.25};
    EXPECT_EQ(knobs.at(values), knobs.read(values).model);
  }
}

TEST(Knobs, NoteWhatBearsOnEachOther) {
  // A rule in between: each path alone is taken as it is, the second hides the first.
  const auto knobs = knobs_of({{"actors.derive.economic_weight", {0.5, 2.0}},
                               {"actors.override.CHN.economic_weight", {0.25, 3.0}}});
  const Values values{0.75, 1.5};
  EXPECT_EQ(knobs.at(values), knobs.read(values).model);
}

TEST(Knobs, TellWhatHasNoEffect) {
  const auto knobs = knobs_of({{"actors.override.AFG.trade", {0.1, 0.9}}});  // takes no part
  EXPECT_TRUE(knobs.is_direct(0));
  EXPECT_EQ(knobs.places(0), 0U);
}

TEST(Knobs, LieUnderAVariant) {
  const auto knobs = knobs_of(
      {{"authorities.IEA.sanctions", {0.2, 0.9}}, {"terms.rights.coefficient", {0.0, 4.0}}},
      {{}, {"2026-03 recognise CHN"}, {"terms.rights.coefficient=2"}});
  EXPECT_EQ(knobs.places(0), 1U);
  EXPECT_EQ(knobs.places(1), 0U);  // the variant's setting wins
  EXPECT_EQ(knobs.at(Values{0.3, 3.0}), knobs.read(Values{0.3, 3.0}).model);
}

TEST(Knobs, RefuseWhatAScenarioWould) {
  EXPECT_THROW(knobs_of({{"terms.rights.coefficient", {0.0, 4000.0}}}), InputError);
  EXPECT_THROW(knobs_of({{"terms.right.coefficient", {0.0, 4.0}}}), InputError);
  EXPECT_THROW(knobs_of({{"terms.rights.coefficient", {}}}), std::invalid_argument);
  const auto knobs = knobs_of(
      {{"terms.rights.coefficient", {0.0, 4.0}}, {"events.drought.probability", {0.2, 0.4}}});
  EXPECT_THROW((void)knobs.at(Values{1.0}), std::invalid_argument);
  EXPECT_EQ(knobs.at(Values{1000.0, 1.0}), knobs.read(Values{1000.0, 1.0}).model);
  EXPECT_THROW((void)knobs.at(Values{1000.5, 0.5}), InputError);
  EXPECT_THROW((void)knobs.at(Values{1.0, 1.01}), InputError);
  EXPECT_THROW((void)knobs.at(Values{1.0, -0.01}), InputError);
}

TEST(Knobs, BlameTheFirstThatIsWrong) {
  try {
    knobs_of({{"terms.rights.coefficient", {0.0, 1.0, 4.0}},
              {"ladders.recognition.rate", {-1.0, 1.0, 2.0}},
              {"temperature", {-1.0, 1.0, 2.0}},
              {"events.drought.probability", {-1.0, 0.5, 2.0}}});
    FAIL() << "allowed";
  } catch (const InputError& error) {
    ASSERT_EQ(error.problems().size(), 1U);
    EXPECT_THAT(error.problems()[0].path, testing::HasSubstr("ladders.recognition.rate"));
  }
}

TEST(NumbersOf, NamesEachPlaceOnce) {
  Model model = load_scenario(flagship).model;
  const auto numbers = numbers_of(model);
  EXPECT_EQ(std::set<float*>(numbers.begin(), numbers.end()).size(), numbers.size());
  EXPECT_GT(numbers.size(), model.parameters.all().size());
}

}  // namespace
}  // namespace entente
