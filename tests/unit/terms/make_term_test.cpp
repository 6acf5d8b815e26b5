#include "terms/make_term.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace entente::detail {
namespace {

struct SampleParams {
  float first = 1.5F;
  float second = -0.25F;
};

template <class V>
void visit_fields(V&& field, SampleParams& p) {
  field("first", p.first, "utility", coefficient_range, "what comes first");
  field("second", p.second, "1", Range{-1.0F, 0.0F}, "what comes second");
}

TEST(MakeTerm, TakesFieldsAndFallbacksFromTheOneList) {
  const auto fields = field_infos<SampleParams>();
  ASSERT_EQ(fields.size(), 2U);
  EXPECT_EQ(fields[0].name, "first");
  EXPECT_EQ(fields[0].fallback, 1.5F);
  EXPECT_EQ(fields[1].unit, "1");
  EXPECT_EQ(fields[1].min, -1.0F);
  EXPECT_EQ(fields[1].max, 0.0F);
  EXPECT_EQ(fields[1].meaning, "what comes second");
}

TEST(MakeTerm, FillsParametersInTheOrderOfTheFields) {
  const auto params = params_from<SampleParams>(std::vector<float>{3.0F, -0.5F});
  EXPECT_EQ(params.first, 3.0F);
  EXPECT_EQ(params.second, -0.5F);
}

}  // namespace
}  // namespace entente::detail
