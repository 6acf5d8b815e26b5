#include "lab/server/requests.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "lab/server/answer.hpp"

namespace entente::lab {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

const Json whole_request = {
    {"scenario", "classroom"},
    {"seed", "18446744073709551615"},
    {"first_replicate", 7},
    {"replicates", 64},
    {"variants", {{{"name", "mine"}, {"yaml", "entente: 1"}}, {{"name", "b-2"}, {"yaml", ""}}}}};

// What is said of a request with one field replaced.
std::string refusal(const char* field, const Json& value) {
  Json request = whole_request;
  request[field] = value;
  try {
    (void)parse_run_request(request.dump());
  } catch (const Refused& refused) {
    EXPECT_EQ(refused.status(), 400);
    return refused.what();
  }
  return "let in";
}

TEST(Requests, AreReadWhole) {
  const auto request = parse_run_request(whole_request.dump());
  EXPECT_EQ(request.scenario, "classroom");
  EXPECT_EQ(request.seed, 18446744073709551615U);
  EXPECT_EQ(request.first_replicate, 7);
  EXPECT_EQ(request.replicates, 64);
  ASSERT_EQ(request.variants.size(), 2);
  EXPECT_EQ(request.variants[0].name, "mine");
  EXPECT_EQ(request.variants[1].yaml, "");
  Json plain = whole_request;
  plain["seed"] = nullptr;
  plain["variants"] = Json::array();
  EXPECT_EQ(parse_run_request(plain.dump()).seed, std::nullopt);
  EXPECT_TRUE(parse_run_request(plain.dump()).variants.empty());
}

TEST(Requests, RefuseEveryFieldOfAnotherType) {
  for (const char* field : {"scenario", "seed", "first_replicate", "replicates", "variants"}) {
    for (const Json& value :
         {Json(true), Json(1.5), Json(-1), Json::object(), Json("x y"), Json({{1, 2}})}) {
      EXPECT_THAT(refusal(field, value), StartsWith(field)) << value;
    }
  }
  EXPECT_THAT(refusal("replicates", nullptr), StartsWith("replicates: found null"));
}

TEST(Requests, BoundNumbers) {
  EXPECT_EQ(refusal("replicates", 4096), "let in");
  EXPECT_EQ(refusal("replicates", 4097),
            "replicates: found 4097; allowed: a whole number from 1 to 4096");
  EXPECT_THAT(refusal("replicates", 0), StartsWith("replicates"));
  EXPECT_THAT(refusal("replicates", 18446744073709551615U), StartsWith("replicates"));
  EXPECT_EQ(refusal("first_replicate", 4294967295U - 63), "let in");
  EXPECT_THAT(refusal("first_replicate", 4294967295U - 62), StartsWith("first_replicate"));
  EXPECT_THAT(refusal("seed", "18446744073709551616"), StartsWith("seed"));
  EXPECT_THAT(refusal("seed", "-1"), StartsWith("seed"));
  EXPECT_THAT(refusal("seed", ""), StartsWith("seed"));
}

TEST(Requests, TakeNamesThatAreNoPaths) {
  for (const auto* name : {"", "..", "../x", "/etc/passwd", "a/b", "a.yaml", "A", "%2e%2e"}) {
    EXPECT_THAT(refusal("scenario", name), StartsWith("scenario: found '")) << name;
    EXPECT_THAT(refusal("variants", {{{"name", name}, {"yaml", ""}}}),
                StartsWith("variants[0].name: found '"))
        << name;
  }
}

TEST(Requests, WantDistinctVariants) {
  const Json mine = {{"name", "mine"}, {"yaml", ""}};
  EXPECT_THAT(refusal("variants", {mine, mine}),
              StartsWith("variants[1].name: found 'mine' again"));
  EXPECT_THAT(refusal("variants", {{{"name", "baseline"}, {"yaml", ""}}}),
              StartsWith("variants[0].name"));
  Json nine = Json::array();
  for (int k = 0; k < 9; ++k) nine.push_back({{"name", std::to_string(k)}, {"yaml", ""}});
  EXPECT_THAT(refusal("variants", nine), StartsWith("variants: found 9 variants"));
  EXPECT_THAT(refusal("variants", {{{"name", "a"}, {"yaml", 3}}}), StartsWith("variants[0].yaml"));
  EXPECT_THAT(refusal("variants", {{{"name", "a"}}}),
              StartsWith("variants[0].yaml: found nothing"));
  EXPECT_THAT(refusal("variants", {{{"name", "a"}, {"yaml", ""}, {"file", "x"}}}),
              StartsWith("variants[0].file: found an unknown field"));
}

TEST(Requests, RefuseWhatIsNoObjectOfJson) {
  const auto refused = [](const std::string& body) -> std::string {
    try {
      (void)parse_check_request(body);
    } catch (const Refused& refusal) {
      return refusal.what();
    }
    return "let in";
  };
  EXPECT_EQ(refused(R"({"scenario": "a", "yaml": ""})"), "let in");
  for (const auto* body : {"", "{", "nonsense", "\xff\xfe", R"({"scenario": "a", "yaml": "\xff"})"})
    EXPECT_THAT(refused(body), HasSubstr("not JSON")) << body;
  for (const auto* body : {"null", "3", "[]", "\"x\""})
    EXPECT_THAT(refused(body), StartsWith("the body: found")) << body;
  EXPECT_THAT(refused(std::string(100'000, '[')), HasSubstr("nested"));
  EXPECT_THAT(refused(R"({"scenario": "a", "yaml": "", "more": 1})"), StartsWith("more: "));
}

TEST(Requests, ReadWholeNumbersStrictly) {
  EXPECT_EQ(parse_whole("step", "0", 9), 0);
  EXPECT_EQ(parse_whole("step", "9", 9), 9);
  for (const auto* text :
       {"", "10", "-1", "+1", " 1", "1 ", "0x1", "1e0", "1.0", "99999999999999999999"})
    EXPECT_THROW((void)parse_whole("step", text, 9), Refused) << text;
}

}  // namespace
}  // namespace entente::lab
