#include "lab/server/guards.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>

namespace entente::lab {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

const Doorkeeper keeper{4711, "0123456789abcdef"};

// A request that is let in, with some of its fields replaced; an empty value takes one away.
Head request(const std::string& method, const std::string& target,
             const std::map<std::string, std::string>& changes = {}) {
  std::map<std::string, std::string> fields{{"host", "127.0.0.1:4711"},
                                            {"authorization", "Bearer 0123456789abcdef"}};
  if (method == "POST") fields["content-length"] = "2";
  for (const auto& [name, value] : changes) fields[name] = value;
  Head head;
  head.method = method;
  head.path = target.substr(0, target.find('?'));
  if (head.path.size() < target.size()) head.query = target.substr(head.path.size() + 1);
  for (const auto& [name, value] : fields)
    if (!value.empty()) head.fields.emplace_back(name, value);
  return head;
}

// 200 for one that is let in.
int status(const Head& head) {
  const auto decision = admit(head, keeper);
  const auto* refusal = std::get_if<Refusal>(&decision);
  return refusal != nullptr ? refusal->status : 200;
}

TEST(Guards, LetThePageOfThisServerIn) {
  EXPECT_EQ(status(request("GET", "/", {{"authorization", ""}})), 200);
  EXPECT_EQ(status(request("GET", "/favicon.ico", {{"authorization", ""}})), 200);
  EXPECT_EQ(status(request("GET", "/api/scenarios")), 200);
  EXPECT_EQ(status(request("GET", "/api/scenarios", {{"host", "localhost:4711"}})), 200);
  EXPECT_EQ(
      status(request("POST", "/api/runs",
                     {{"origin", "http://127.0.0.1:4711"}, {"sec-fetch-site", "same-origin"}})),
      200);
  EXPECT_EQ(status(request("GET", "/", {{"sec-fetch-site", "none"}})), 200);
}

TEST(Guards, RefuseForeignHosts) {
  for (const auto* host : {"", "evil.example", "evil.example:4711", "127.0.0.1", "127.0.0.1:80",
                           "127.0.0.1:47110", "127.0.0.1:4711.evil.example", "localhost",
                           "LOCALHOST:4711", "[::1]:4711", "127.0.0.1:4711@evil.example"}) {
    EXPECT_EQ(status(request("GET", "/", {{"host", host}})), 403) << host;
    EXPECT_EQ(status(request("GET", "/api/scenarios", {{"host", host}})), 403) << host;
  }
}

TEST(Guards, RefuseForeignOriginsAndSites) {
  for (const auto* origin :
       {"null", "http://evil.example", "https://127.0.0.1:4711", "http://127.0.0.1:4712",
        "http://127.0.0.1:4711.evil.example", "http://localhost", "127.0.0.1:4711"}) {
    EXPECT_EQ(status(request("POST", "/api/runs", {{"origin", origin}})), 403) << origin;
  }
  for (const auto* site : {"cross-site", "same-site", "x"})
    EXPECT_EQ(status(request("GET", "/", {{"sec-fetch-site", site}})), 403) << site;
}

TEST(Guards, RefuseThoseWithoutTheToken) {
  for (const auto* value :
       {"", "Bearer", "Bearer ", "Bearer 0123456789abcdeF", "Bearer 0123456789abcde",
        "Bearer 0123456789abcdef0", "Basic 0123456789abcdef", "0123456789abcdef",
        "bearer 0123456789abcdef", "Bearer  0123456789abcdef"}) {
    for (const auto* path : {"/api/scenarios", "/api/runs/1", "/api/nothing", "/api/"})
      EXPECT_EQ(status(request("GET", path, {{"authorization", value}})), 401) << value << path;
  }
}

TEST(Guards, KnowTheirAddressesAndNoOthers) {
  for (const auto* path :
       {"/index.html", "/api", "/api/", "/api/x", "/api/runs/", "/api/runs/1/", "/api/runs/1/x",
        "/api/runs/1/explain/x", "/api/runs/A", "/api/runs/..", "/api/runs/%2e%2e/file", "//",
        "/../etc/passwd", "/api/runs/1%2ffile", "/api/scenarios/", "/API/scenarios"}) {
    EXPECT_EQ(status(request("GET", path)), 404) << path;
  }
  EXPECT_EQ(status(request("GET", "/api/runs/" + std::string(40, '1') + "/file")), 200);
  EXPECT_EQ(status(request("GET", "/api/runs/" + std::string(41, '1') + "/file")), 404);
}

TEST(Guards, AllowTheMethodsOfAnAddress) {
  for (const auto* method : {"HEAD", "OPTIONS", "PUT", "PATCH", "TRACE", "CONNECT", "PRI", "get"}) {
    for (const auto* path : {"/", "/api/scenarios", "/api/runs", "/api/runs/1", "/api/events"})
      EXPECT_EQ(status(request(method, path)), 405) << method << path;
  }
  EXPECT_EQ(status(request("POST", "/api/scenarios")), 405);
  EXPECT_EQ(status(request("GET", "/api/runs")), 405);
  EXPECT_EQ(status(request("DELETE", "/api/runs/1")), 200);
  EXPECT_EQ(status(request("DELETE", "/api/runs/1/file")), 405);
}

TEST(Guards, WantToKnowTheLengthOfABody) {
  EXPECT_EQ(status(request("POST", "/api/runs", {{"content-length", ""}})), 411);
  EXPECT_EQ(status(request("POST", "/api/runs", {{"transfer-encoding", "chunked"}})), 411);
  EXPECT_EQ(status(request("GET", "/", {{"transfer-encoding", "gzip, chunked"}})), 411);
  for (const auto* length : {"-1", "+2", "2.0", "0x2", "1e3", " 2", "2 2", "two"})
    EXPECT_EQ(status(request("POST", "/api/runs", {{"content-length", length}})), 400) << length;
  EXPECT_EQ(status(request("POST", "/api/runs", {{"content-encoding", "gzip"}})), 415);
}

TEST(Guards, BoundABodyByItsAddress) {
  const auto of = [](const std::string& method, const std::string& path, std::size_t length) {
    return status(request(method, path, {{"content-length", std::to_string(length)}}));
  };
  EXPECT_EQ(of("POST", "/api/runs", max_json_bytes), 200);
  EXPECT_EQ(of("POST", "/api/runs", max_json_bytes + 1), 413);
  EXPECT_EQ(of("POST", "/api/check", max_json_bytes + 1), 413);
  EXPECT_EQ(of("POST", "/api/files", max_upload_bytes), 200);
  EXPECT_EQ(of("POST", "/api/files", max_upload_bytes + 1), 413);
  EXPECT_EQ(of("GET", "/api/scenarios", 0), 200);
  EXPECT_EQ(of("GET", "/api/scenarios", 1), 413);
  EXPECT_EQ(status(request("POST", "/api/runs", {{"content-length", std::string(30, '9')}})), 413);
}

TEST(Guards, TellHowARequestIsHandled) {
  const auto handling = [](const std::string& method, const std::string& path) {
    return std::get<Admission>(admit(request(method, path), keeper)).handling;
  };
  EXPECT_EQ(handling("GET", "/api/events"), Handling::events);
  EXPECT_EQ(handling("POST", "/api/files"), Handling::upload);
  EXPECT_EQ(handling("POST", "/api/runs"), Handling::plain);
}

TEST(Guards, HandOnNothingButTargetAndLength) {
  const auto head = request("POST", "/api/runs?a=b",
                            {{"range", "bytes=0-"}, {"accept-encoding", "br"}, {"cookie", "c"}});
  EXPECT_EQ(canonical_head(head, {Handling::plain, 2}),
            "POST /api/runs?a=b HTTP/1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n");
  const Head waiting = request("POST", "/api/files", {{"expect", "100-continue"}});
  EXPECT_THAT(canonical_head(waiting, {Handling::upload, 2}),
              HasSubstr("\r\nExpect: 100-continue\r\n"));
  EXPECT_THAT(canonical_head(waiting, {Handling::plain, 2}), Not(HasSubstr("Expect")));
  EXPECT_THAT(canonical_head(request("POST", "/api/files", {{"expect", "x"}}), {Handling::upload}),
              Not(HasSubstr("Expect")));
}

TEST(Guards, CompareSecretsByAllOfThem) {
  EXPECT_TRUE(same_secret("abc", "abc"));
  EXPECT_FALSE(same_secret("abc", "abd"));
  EXPECT_FALSE(same_secret("abc", "ab"));
  EXPECT_FALSE(same_secret("abc", "abcd"));
  EXPECT_FALSE(same_secret("abc", ""));
  EXPECT_FALSE(same_secret("", ""));
}

TEST(Guards, MakeTokensThatCannotBeGuessed) {
  EXPECT_THAT(random_token(), MatchesRegex("[0-9a-f]+"));
  EXPECT_EQ(random_token().size(), 48);  // 192 bits
  EXPECT_NE(random_token(), random_token());
}

TEST(Guards, TakePlainNamesOnly) {
  EXPECT_TRUE(is_plain_name("afghanistan-2026"));
  EXPECT_TRUE(is_plain_name(std::string(40, 'a')));
  for (const auto* name : {"", ".", "..", "a/b", "a\\b", "A", "a b", "a.yaml", "\xc3\xa9", "a\n"})
    EXPECT_FALSE(is_plain_name(name)) << name;
  EXPECT_FALSE(is_plain_name(std::string(41, 'a')));
  EXPECT_FALSE(is_plain_name(std::string("a\0b", 3)));
}

TEST(Guards, SendThePolicyThatAPageStates) {
  EXPECT_EQ(page_policy(R"(<head><meta http-equiv="Content-Security-Policy" content="default-src)"
                        R"( 'none'; script-src 'sha256-abc='" /><title>x</title>)"),
            "default-src 'none'; script-src 'sha256-abc='; frame-ancestors 'none'");
  const std::string closed = page_policy("<p>no policy</p>");
  EXPECT_THAT(closed, HasSubstr("default-src 'none'"));
  EXPECT_THAT(closed, EndsWith("frame-ancestors 'none'"));
  EXPECT_EQ(page_policy("<meta http-equiv=\"Content-Security-Policy\"><p content=\"x\">"), closed);
  EXPECT_EQ(page_policy("<meta http-equiv=\"Content-Security-Policy\" content=\"a\r\nX: b\">"),
            closed);
}

}  // namespace
}  // namespace entente::lab
