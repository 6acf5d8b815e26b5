#include "lab/server/head.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace entente::lab {
namespace {

using testing::ElementsAre;
using testing::Eq;
using testing::Pair;
using testing::Pointee;

std::string head_of(const std::string& line, const std::string& fields = "Host: a\r\n") {
  return line + "\r\n" + fields + "\r\n";
}

TEST(Head, IsReadAsItIsWritten) {
  const auto head = parse_head(
      "GET /api/world?scenario=x%20y HTTP/1.1\r\nHost:  127.0.0.1:80 \r\nX-A: b: c\r\n\r\n");
  ASSERT_TRUE(head);
  EXPECT_EQ(head->method, "GET");
  EXPECT_EQ(head->path, "/api/world");
  EXPECT_EQ(head->query, "scenario=x%20y");
  EXPECT_THAT(head->fields, ElementsAre(Pair("host", "127.0.0.1:80"), Pair("x-a", "b: c")));
  EXPECT_THAT(head->find("host"), Pointee(Eq("127.0.0.1:80")));
  EXPECT_EQ(head->find("origin"), nullptr);
}

TEST(Head, EndsWithItsEmptyLine) {
  EXPECT_EQ(head_length("GET / HTTP/1.1\r\nHost: a\r\n"), std::nullopt);
  EXPECT_EQ(head_length("GET / HTTP/1.1\r\n\r\nbody\r\n\r\n"), 18);
  EXPECT_FALSE(parse_head(head_of("GET / HTTP/1.1") + "x"));
}

TEST(Head, RefusesOtherRequestLines) {
  for (const auto* line : {"", "GET", "GET /", "GET / HTTP/1.0", "GET / HTTP/2", "GET  / HTTP/1.1",
                           "GET /a b HTTP/1.1", "GET http://127.0.0.1/ HTTP/1.1", "GET * HTTP/1.1",
                           "GET /#x HTTP/1.1", "G\x01T / HTTP/1.1", "GET /?a?b HTTP/1.1",
                           "GET /\xc3\xa9 HTTP/1.1", "GET(/) / HTTP/1.1", "GET / HTTP/1.1 "}) {
    EXPECT_FALSE(parse_head(head_of(line))) << line;
  }
  EXPECT_TRUE(parse_head(head_of("GET /" + std::string(2047, 'a') + " HTTP/1.1")));
  EXPECT_FALSE(parse_head(head_of("GET /" + std::string(2048, 'a') + " HTTP/1.1")));
}

TEST(Head, RefusesFieldsThatReadersMayReadDifferently) {
  const std::string get = "GET / HTTP/1.1";
  for (const auto* fields :
       {"Host: a\nX: b\r\n", "Host : a\r\n", " Host: a\r\n", "Host: a\r\n folded\r\n", "Host\r\n",
        ": a\r\n", "X: a\x01\r\n", "X: \x7f\r\n", "X: a\rb\r\n"}) {
    EXPECT_FALSE(parse_head(head_of(get, fields))) << fields;
  }
  EXPECT_FALSE(parse_head(std::string("GET / HTTP/1.1\r\nX: a\0b\r\n\r\n", 26)));
}

TEST(Head, RefusesTwoOfWhatDecides) {
  for (const auto* name : {"Host", "Origin", "Authorization", "Content-Length", "Transfer-Encoding",
                           "Sec-Fetch-Site"}) {
    const std::string field = std::string(name) + ": 1\r\n";
    EXPECT_TRUE(parse_head(head_of("GET / HTTP/1.1", field)));
    EXPECT_FALSE(parse_head(head_of("GET / HTTP/1.1", field + field))) << name;
  }
  EXPECT_TRUE(parse_head(head_of("GET / HTTP/1.1", "Accept: a\r\nAccept: b\r\n")));
}

TEST(Head, RefusesMoreFieldsThanBrowsersSend) {
  std::string fields;
  for (std::size_t k = 0; k < max_head_fields; ++k) fields += "A: b\r\n";
  EXPECT_TRUE(parse_head(head_of("GET / HTTP/1.1", fields)));
  EXPECT_FALSE(parse_head(head_of("GET / HTTP/1.1", fields + "A: b\r\n")));
}

}  // namespace
}  // namespace entente::lab
