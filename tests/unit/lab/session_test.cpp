#include "lab/server/session.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace entente::lab {
namespace {

namespace fs = std::filesystem;

TEST(Session, HasAFolderThatNobodyElseMayEnter) {
  const Session session;
  EXPECT_EQ(fs::status(session.folder()).permissions(), fs::perms::owner_all);
  EXPECT_NE(Session().folder(), session.folder());
}

TEST(Session, TakesItsFilesAlong) {
  fs::path folder;
  {
    Session session;
    folder = session.folder();
    const auto path = session.fresh_path(".h5");
    EXPECT_EQ(path.parent_path(), folder);
    EXPECT_EQ(path.extension(), ".h5");
    EXPECT_NE(session.fresh_path(".h5"), path);
    std::ofstream(path) << "x";
    fs::create_directory(session.fresh_path(""));
  }
  EXPECT_FALSE(fs::exists(folder));
}

TEST(Session, RemovesLeftovers) {
  Session session;
  const auto path = session.fresh_path(".h5");
  {
    const Leftover leftover(path);
    std::ofstream(path) << "x";
  }
  EXPECT_FALSE(fs::exists(path));
}

}  // namespace
}  // namespace entente::lab
