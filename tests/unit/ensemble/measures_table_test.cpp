#include "entente/ensemble/measures_table.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string_view>
#include <vector>

namespace entente {
namespace {

TEST(MeasureTable, HasARowForEachKind) {
  EXPECT_EQ(measure_infos().size(), std::variant_size_v<MeasureKind>);
  std::set<std::string_view> keys;
  for (std::size_t x = 0; x < measure_infos().size(); ++x) {
    const MeasureInfo& info = measure_infos()[x];
    EXPECT_EQ(info.make().index(), x) << info.key;
    EXPECT_EQ(&measure_info(info.make()), &info);
    EXPECT_EQ(find_measure(info.key), &info);
    EXPECT_FALSE(info.meaning.empty());
    keys.insert(info.key);
  }
  EXPECT_EQ(keys.size(), measure_infos().size());
  EXPECT_EQ(find_measure("counts"), nullptr);
}

TEST(MeasureTable, FieldsAreNamedOnce) {
  for (const auto& info : measure_infos()) {
    std::set<std::string_view> keys;
    for (const auto& field : info.fields) {
      EXPECT_TRUE(keys.insert(field.key).second) << info.key << ' ' << field.key;
      EXPECT_FALSE(field.meaning.empty());
    }
  }
}

// What a reader of files does: make a kind by its key, then set its fields by theirs.
TEST(MeasureTable, AKindCanBeFilledInByKeys) {
  MeasureKind kind = find_measure("polarisation")->make();
  std::vector<std::string_view> seen;
  visit_fields(
      [&](const MeasureField& field, auto& value) {
        seen.push_back(field.key);
        if constexpr (std::is_same_v<decltype(value), std::vector<std::uint32_t>&>) {
          if (field.key == "second") value = {1, 2};
        }
      },
      kind);
  EXPECT_THAT(seen, testing::ElementsAre("authority", "ladder", "first", "second", "at"));
  EXPECT_THAT(std::get<PolarisationMeasure>(kind).second, testing::ElementsAre(1, 2));
}

}  // namespace
}  // namespace entente
