#include "lab/server/live_events.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace entente::lab {
namespace {

using testing::Eq;
using testing::Optional;
using testing::StartsWith;

Event progress(const std::string& run, int done) {
  return {"progress", run, {{"run", run}, {"done", done}}};
}

TEST(LiveEvents, AreWrittenAsAnEventStream) {
  EXPECT_EQ(stream_text({"failed", "3", {{"run", "3"}, {"error", "a\nb"}}}),
            "event: failed\ndata: {\"run\":\"3\",\"error\":\"a\\nb\"}\n\n");
}

TEST(LiveEvents, ReachAllWhoListen) {
  LiveEvents events;
  const auto first = events.listen({});
  const auto second = events.listen({progress("1", 5)});
  events.publish({"done", "1", {{"run", "1"}}});
  const std::string done = "event: done\ndata: {\"run\":\"1\"}\n\n";
  EXPECT_THAT(first->next(), Optional(Eq(done)));
  EXPECT_THAT(second->next(), Optional(Eq(stream_text(progress("1", 5)) + done)));
}

TEST(LiveEvents, NewerProgressOfARunReplacesOlder) {
  LiveEvents events;
  const auto listener = events.listen({});
  for (int k = 0; k < 1000; ++k) events.publish(progress("1", k));
  events.publish(progress("2", 1));
  EXPECT_THAT(listener->next(),
              Optional(Eq(stream_text(progress("1", 999)) + stream_text(progress("2", 1)))));
}

TEST(LiveEvents, LeaveAListenerThatDoesNotRead) {
  LiveEvents events;
  const auto listener = events.listen({});
  for (int k = 0; k < 1000; ++k) events.publish({"done", "1", {{"run", "1"}}});
  EXPECT_EQ(listener->next(), std::nullopt);
}

TEST(LiveEvents, SayThatTheStreamLivesWhereNothingHappens) {
  LiveEvents events;
  const auto listener = events.listen({});
  auto text = listener->next();
  while (text && text->empty()) text = listener->next();
  EXPECT_THAT(text, Optional(StartsWith(":")));
}

TEST(LiveEvents, EndWhenTheyAreClosed) {
  LiveEvents events;
  const auto before = events.listen({});
  events.close();
  EXPECT_EQ(before->next(), std::nullopt);
  EXPECT_EQ(events.listen({})->next(), std::nullopt);
}

}  // namespace
}  // namespace entente::lab
